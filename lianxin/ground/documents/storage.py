"""The folder of files: what is stored is on the disk when it is said to be stored."""

import os
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """Django's folder, where a file is whole and brought to the disk before `save` returns, or is not there at all."""

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        made = [folder for folder in path.parents if not folder.exists()]
        for folder in reversed(made):
            folder.mkdir(exist_ok=True, mode=0o700)
        try:
            self._write(path, content)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        for folder in {path.parent, *(folder.parent for folder in made)}:
            _bring_to_disk(folder)
        return name

    def _write(self, path: Path, content: File) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in content.chunks():
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())


def _bring_to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
