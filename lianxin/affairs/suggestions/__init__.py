"""建议、批评和意见 What deputies ask of the organs of state, and what becomes of it."""
