"""What every process of a platform needs, loaded once before there are several, which then share its memory."""

import gc
from functools import cache
from wsgiref.util import setup_testing_defaults


@cache  # a process that goes on from here has it
def load() -> None:
    """Say that somebody works on this home, which the processes inherit, and load what they share. Ends the program where no page may be served."""
    import config.wsgi  # noqa: F401 - not with this module: gunicorn reads its settings before the pages are loaded
    from lianxin.ground.core import running

    running.hold()
    make_a_page()
    gc.freeze()  # what is loaded now is not moved about later, and stays shared


def make_a_page() -> None:
    """Make the front page once, so that addresses, templates, words and rules are loaded before there are two."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIRequest
    from django.db import connections

    from config.wsgi import application

    asked = {"HTTP_HOST": settings.ALLOWED_HOSTS[0], "HTTPS": "on"}
    setup_testing_defaults(asked)
    application.get_response(WSGIRequest(asked)).close()
    connections.close_all()
