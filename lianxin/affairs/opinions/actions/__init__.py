"""What is done with opinions: told, sorted, handled, answered, judged. Each verb changes rows and writes the one event."""
