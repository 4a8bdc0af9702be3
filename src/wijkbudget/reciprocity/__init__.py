"""Time that people give, and how it earns a voice."""
