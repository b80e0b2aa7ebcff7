"""The plain list's WSGI application, with its users."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.plain.settings"
application = get_wsgi_application()

from django.contrib.auth.models import User  # noqa: E402 - Django is ready from here on
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

call_command("migrate", verbosity=0)
User.objects.bulk_create(
    User(username=f"u{number}", first_name="春生", last_name="罗", email=f"u{number}@example.org")
    for number in range(2000)
)
connection.close()  # each process that serves opens its own
