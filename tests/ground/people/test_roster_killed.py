"""An import that is killed in the middle leaves nothing half done, and can be asked for again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ground.vault import whole as whole_
from tests.ground.vault.whole import Whole

PREPARE = """
from pathlib import Path
from django.core.files.base import ContentFile
from lianxin.ground.people.models import RosterUpload
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county
from tests.ground.people.workbooks import deputy, workbook
make_platform(county_code="990101")
congress = make_congress(make_county())
clerk = make_user()
make_grant(clerk, "office_clerk", "place", congress.region_id)
rows = [deputy(代表证号=f"{{n:04}}", 代表小组="石桥小组") for n in range(1200)]
file = ContentFile(workbook(Path({folder!r}), rows).read_bytes(), "名册.xlsx")
RosterUpload.receive(file, by=clerk, at=clock.now()).move(["waiting"], "taking")
"""
TAKE = """
from lianxin.ground.people.models import RosterUpload
from lianxin.ground.people.tasks import take_roster_over
take_roster_over.func(str(RosterUpload.objects.get().pk), "zh-hans")
"""
STOP_HALFWAY = """
import time
from lianxin.ground.people.models import Mandate
whole_verb = Mandate.begin_all.__func__

def begin_some(cls, mandates, *, by):
    whole_verb(cls, mandates, by=by)
    print("half", flush=True)
    time.sleep(600)

Mandate.begin_all = classmethod(begin_some)
"""
STATE = """
from lianxin.ground.people.models import Mandate, Membership, Person, RosterUpload
upload = RosterUpload.objects.get()
print(json.dumps({
    "rows": [model.objects.count() for model in (Person, Mandate, Membership)],
    "events": Event.objects.filter(kind__startswith="people.").count(),
    "stage": upload.stage,
    "has_file": bool(upload.file),
}))
"""


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    with whole_.template(tmp_path / "platform") as made:
        yield made


@pytest.mark.sql
@pytest.mark.load
def test_an_import_that_is_killed_changes_nothing_and_comes_in_when_asked_again(whole: Whole, tmp_path: Path) -> None:
    whole.python(PREPARE.format(folder=str(tmp_path)))
    with whole.start_python(STOP_HALFWAY + TAKE) as killed:
        assert killed.stdout.readline() == "half\n"
        killed.kill()
    assert whole.python(STATE) == {"rows": [0, 0, 0], "events": 0, "stage": "taking", "has_file": True}
    whole.python(TAKE)
    assert whole.python(STATE) == {
        "rows": [1200, 1200, 1200],
        "events": 2402,  # each begins and joins; the group is founded, the roster taken over
        "stage": "taken",
        "has_file": False,
    }
