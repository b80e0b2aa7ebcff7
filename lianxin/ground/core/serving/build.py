"""What is built from the sources before pages can be served: compiled translations, static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from lianxin.terminal import say


def build_static() -> None:
    """Collect, hash and compress the static files, unless none has changed since."""
    root = Path(settings.STATIC_ROOT)
    stamp, state = root.parent / "static.stamp", state_of_sources()
    if stamp.exists() and stamp.read_text() == state:
        return
    say("整理静态文件", "Building the static files")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def state_of_sources() -> str:
    """One word that changes whenever a static file is added, changed or taken away."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    return digest.hexdigest()
