"""The account floor: what is told about the work, to the public and to those who assess it."""
