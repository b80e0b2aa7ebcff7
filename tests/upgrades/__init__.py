"""A platform of every released version, as it was then, to be upgraded to this one."""
