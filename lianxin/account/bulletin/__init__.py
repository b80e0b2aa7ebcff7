"""民情简报 The bulletin of the month: composed from matters, its figures frozen when it is issued."""
