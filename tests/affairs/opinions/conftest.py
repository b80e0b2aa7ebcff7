"""The office in which opinions are told."""

import pytest

from tests.affairs.opinions.builders import Office
from tests.ground.vault import whole as whole_


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture(scope="session")
def office_apart(tmp_path_factory):
    with whole_.template(tmp_path_factory.mktemp("office") / "platform") as made:
        made.python("from tests.affairs.opinions.builders import Office\nOffice()\nprint(json.dumps(1))")
        yield made


@pytest.fixture
def whole(office_apart, tmp_path):
    with whole_.copy(office_apart, tmp_path / "copy") as made:
        yield made
