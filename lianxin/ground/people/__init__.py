"""人和地方 Regions, districts, bodies, persons, mandates and handling units."""
