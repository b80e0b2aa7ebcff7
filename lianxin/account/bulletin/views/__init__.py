"""Pages of the bulletin: composed at the desk, signed by a leader, read by everybody."""
