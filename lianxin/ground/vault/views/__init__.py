"""Pages of the vault, one file a noun."""
