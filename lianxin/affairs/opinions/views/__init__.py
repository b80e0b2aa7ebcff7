"""Pages about opinions."""
