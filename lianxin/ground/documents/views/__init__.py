"""Pages of papers, one file a noun."""
