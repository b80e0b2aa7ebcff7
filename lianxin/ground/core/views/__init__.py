"""Pages of the platform itself: how it is shown, what its parts look like, what went wrong."""
