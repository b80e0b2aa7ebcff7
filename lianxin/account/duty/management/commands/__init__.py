"""Commands of the rulebook."""
