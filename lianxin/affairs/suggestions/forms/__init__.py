"""Forms of suggestions."""
