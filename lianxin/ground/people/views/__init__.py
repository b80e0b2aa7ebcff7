"""Pages about people and places, one file a noun."""
