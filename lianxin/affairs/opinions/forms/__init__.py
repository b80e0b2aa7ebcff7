"""Forms about opinions."""
