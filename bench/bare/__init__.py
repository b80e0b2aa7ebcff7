"""A bare Django project: one page, one template, no session. The yardstick of every page."""
