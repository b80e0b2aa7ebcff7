"""What templates may ask for beyond if, for and include."""
