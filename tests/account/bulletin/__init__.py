"""The bulletin of the month."""
