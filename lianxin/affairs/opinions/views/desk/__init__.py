"""Pages of offices that sort."""
