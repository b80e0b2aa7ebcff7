"""What pages of every kind of matter do alike."""
