"""Serves the bare project as gunicorn serves the platform, without its home."""

import gc

from lianxin.ground.core.serving.gunicorn_conf import *  # noqa: F403 - every setting is the platform's


def when_ready(server: object) -> None:
    """Freeze what is loaded, as the platform does."""
    gc.freeze()
