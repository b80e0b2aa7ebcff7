"""How gunicorn serves pages: sized for two cores and less than 250 MB. Addresses come on its command line."""

import gc
import os
from wsgiref.util import setup_testing_defaults

wsgi_app = "config.wsgi"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True  # the processes share the memory of what they import
max_requests = 20_000
max_requests_jitter = 2_000
timeout = 60
graceful_timeout = 15
loglevel = "error"  # what it warns of are request lines of strangers, with their addresses and queries
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


def when_ready(server: object) -> None:
    """Before the processes that serve are made: say that somebody works on this home, which they inherit."""
    from lianxin.ground.core import running  # not before the pages are loaded

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
