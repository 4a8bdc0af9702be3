"""The neighbourhood council: its members and what they decided, with names for and against."""
