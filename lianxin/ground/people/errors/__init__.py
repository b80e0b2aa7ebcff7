"""All the words with which people and places say no."""
