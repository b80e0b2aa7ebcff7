"""Pages of the front doors."""
