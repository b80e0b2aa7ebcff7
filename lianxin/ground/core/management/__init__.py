"""Commands of the command line, found by Django in this folder."""
