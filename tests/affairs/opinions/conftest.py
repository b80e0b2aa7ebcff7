"""The office in which opinions are told."""

import pytest

from tests.affairs.opinions.builders import Office


@pytest.fixture
def office(db):
    return Office()
