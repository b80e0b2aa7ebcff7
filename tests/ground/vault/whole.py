"""A whole platform on a database of its own, with every app: for what lies in its files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ground.core import apart


@dataclass
class Whole(apart.Apart):
    """As apart.Apart, with the settings of the product."""

    @property
    def environ(self) -> dict[str, str]:
        """What its processes find in their environment."""
        return super().environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}


@contextmanager
def template(home: Path) -> Iterator[Whole]:
    """A platform with nothing in it, to copy."""
    home.mkdir(parents=True)
    with apart._database(home, None) as url:
        whole = Whole(home, url)
        whole.lianxin("vault", "key", "--save")
        whole.lianxin("migrate", "-v0")
        yield whole


@contextmanager
def copy(empty: Whole, home: Path) -> Iterator[Whole]:
    """A platform of its own."""
    with apart.copy(empty, home) as made:
        yield Whole(made.home, made.url)
