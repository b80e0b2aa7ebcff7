"""群众意见 A resident says something; it is sorted, handled, answered, told back and judged."""
