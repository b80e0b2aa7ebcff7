"""What is done to suggestions."""
