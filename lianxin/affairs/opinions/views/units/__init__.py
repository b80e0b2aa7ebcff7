"""Pages of the units that handle. None of them tells who said it."""
