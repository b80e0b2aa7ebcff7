"""A plain Django list: what Django alone asks of a page such as ours.

Somebody is signed in, eight queries are asked, thirty rows of seven values are shown; nothing of the platform is in it.
A page of ours with as many queries and rows can hardly cost less while it is made of Django's models and templates.
"""

ROWS = 30
BESIDE = {  # how many lists stand beside the rows, which with the session and who is signed in ask three queries
    f"plain Django list of {ROWS} rows": 5,
    "plain Django page with as many queries as a case may ask": 9,
    "plain Django page with as many queries as sending a reply asks": 34,
}
