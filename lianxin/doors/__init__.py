"""The doors: pages and endpoints that show several apps."""
