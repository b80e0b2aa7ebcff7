"""Settings of the tests: the product's, on a database of its own."""

import os
import tempfile

os.environ.setdefault("LIANXIN_HOME", tempfile.mkdtemp(prefix="lianxin-test-"))
os.environ.setdefault("LIANXIN_SECRET_KEY", "a key for tests, never for an office")
os.environ.setdefault("LIANXIN_VAULT_KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")

from config.settings import *  # noqa: E402, F403

STORAGES = {  # no collectstatic before each test
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
