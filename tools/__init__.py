"""Tools that check the house; none of them is installed with it."""
