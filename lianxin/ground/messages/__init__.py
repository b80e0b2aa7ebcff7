"""What is said to residents, and what they write: an outbox, the ways out of it, and a mailbox."""
