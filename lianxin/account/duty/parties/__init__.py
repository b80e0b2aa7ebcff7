"""Whom a regulation is about on the platform: deputies, groups, stations, places, units, with all that it asks of them."""
