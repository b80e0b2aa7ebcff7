"""结对联系 Who keeps contact with whom: households that agreed to it, and the ties of deputies to them, to districts, to one another."""
