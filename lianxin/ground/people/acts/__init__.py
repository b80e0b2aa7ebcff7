"""Forms with which the office does something to a person, a mandate, a body or a unit. Each does its own verb."""
