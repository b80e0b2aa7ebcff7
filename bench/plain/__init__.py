"""A plain Django list: what Django alone asks of a page such as ours.

Somebody is signed in, eight queries are asked, thirty rows of seven values are shown; nothing of the platform is in it.
A page of ours with as many queries and rows can hardly cost less while it is made of Django's models and templates.
"""

BESIDE, ROWS = 5, 30  # with the session, who is signed in and the rows: eight queries
