"""How gunicorn serves pages: sized for two cores and less than 250 MB. Addresses come on its command line."""

import os

from lianxin.ground.core.serving import loading

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
    """Before the processes that serve are made: load what they share."""
    loading.load()
