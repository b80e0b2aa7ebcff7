"""The ground floor: what every kind of work stands on."""
