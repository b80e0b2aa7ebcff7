"""The WSGI application. Does not start where something keeps pages from being served, such as a wrong key."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402  apps are there only now

from lianxin.ground.core import running  # noqa: E402
from lianxin.ground.core.errors import RuleError  # noqa: E402

try:
    running.refuse_unready()
except RuleError as error:
    sys.exit(f"✗ {error}")
finally:
    connections.close_all()  # the processes that serve open their own
