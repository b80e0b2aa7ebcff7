"""The office in which suggestions are made."""

import pytest

from tests.affairs.opinions.builders import Office


@pytest.fixture
def office(db):
    return Office()
