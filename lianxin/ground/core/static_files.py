"""How static files are put together when they are collected."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""^@import "(?P<path>[\w./-]+)"(?: (?P<media>[\w ():-]+))?;$""", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)  # no string of ours holds one


class OneStylesheetStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, compresses them, and makes one file of a stylesheet that imports its parts.

    A weak network then fetches one stylesheet instead of a dozen; without collecting, the imports work as they stand.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """Where browsers find a file. A page names a dozen, and names never move while a process runs."""
        if settings.DEBUG or name is None:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Replace imports in collected stylesheets by the parts they name, then name and compress everything."""
        if not dry_run:
            for name in [path for path in paths if path.endswith(".css")]:
                source, path = paths[name]
                with source.open(path) as file:
                    text = file.read().decode()
                if IMPORT.search(text):
                    self._replace(name, whole(text, name, paths))
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _replace(self, name: str, text: str) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))


def whole(text: str, name: str, paths: dict[str, Any]) -> str:
    """The stylesheet `name` with the parts it imports in place and without comments; a part that is not there raises KeyError."""

    def part(match: re.Match[str]) -> str:
        source, path = paths[str(PurePosixPath(name).parent / match["path"])]
        with source.open(path) as file:
            content = file.read().decode()
        return f"@media {match['media']} {{\n{content}}}\n" if match["media"] else content

    return COMMENT.sub("", IMPORT.sub(part, text))
