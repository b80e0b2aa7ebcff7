"""The WSGI application. Does not start with a vault key that does not open what is kept."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402  apps are there only now

from lianxin.ground.core.errors import RuleError  # noqa: E402
from lianxin.ground.vault.keyring import refuse_wrong_key  # noqa: E402

try:
    refuse_wrong_key()
except RuleError as error:
    sys.exit(f"✗ {error}")
finally:
    connections.close_all()  # the processes that serve open their own
