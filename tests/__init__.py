"""Everything that must hold, in sentences."""
