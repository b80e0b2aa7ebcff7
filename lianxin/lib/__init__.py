"""Pure libraries: no Django, usable from the command line."""
