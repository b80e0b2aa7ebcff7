"""Settings of the tests: the product's, with a home of its own for every process of a parallel run.

The database is SQLite in memory, or PostgreSQL where LIANXIN_TEST_POSTGRES gives its URL: see bin/test.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

home = tempfile.mkdtemp(prefix="lianxin-test-")
atexit.register(shutil.rmtree, home, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("LIANXIN_") and name != "LIANXIN_TEST_POSTGRES"]:
    del os.environ[name]  # what the developer's own platform is set to is no business of the tests
server = os.environ.pop("LIANXIN_TEST_POSTGRES", "")
os.environ["LIANXIN_HOME"] = home
os.environ["LIANXIN_SECRET_KEY"] = "a key for tests, never for an office"
os.environ["LIANXIN_VAULT_KEY"] = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
if server:
    os.environ["LIANXIN_DATABASE"] = server

from config.settings import *  # noqa: E402, F403

if server:
    os.environ["LIANXIN_TEST_POSTGRES"] = server  # the other processes of a parallel run read it too

STORAGES = {  # no collectstatic before each test
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "lianxin.ground.documents.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
STATIC_ROOT = Path(home) / "static"  # empty: every client that a test makes would read all files that lie there
STATIC_ROOT.mkdir()
