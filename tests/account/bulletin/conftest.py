"""An office, three people who bring the bulletin out, and matters of a month to tell of."""

import pytest

from lianxin.ground.core import figures
from tests.account.bulletin.builders import Newsroom


@pytest.fixture(autouse=True)
def _counted_anew():
    figures.forget()
    yield
    figures.forget()


@pytest.fixture
def room(db, travel):
    return Newsroom(travel)
