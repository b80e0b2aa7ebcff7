"""Pages about ties and households, one file a noun."""
