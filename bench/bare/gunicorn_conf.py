"""Serves the bare project as gunicorn serves the platform, without its home."""

import gc

from lianxin.ground.core.serving.gunicorn_conf import (  # noqa: F401 - gunicorn reads them here
    control_socket_disable,
    loglevel,
    preload_app,
    threads,
    worker_class,
    worker_tmp_dir,
    workers,
)


def when_ready(server: object) -> None:
    """Freeze what is loaded, as the platform does."""
    gc.freeze()
