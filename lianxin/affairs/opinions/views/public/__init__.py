"""What everybody reads: what others say and what becomes of it, and the figures."""
