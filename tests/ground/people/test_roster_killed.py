"""An import that is killed in the middle, or finds the disk full, leaves nothing half done and can be asked for again."""

from pathlib import Path

import pytest

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
IMPORT_ON_A_FULL_DISK = """
from django.core.management import CommandError, call_command
from lianxin.ground.people.models import RosterUpload
file = RosterUpload.objects.get().file.path

def limit(pages):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")

limit(1)  # no more than there are
try:
    call_command("import_roster", file)
except CommandError as error:
    print(json.dumps(str(error)))
limit(1073741823)
"""


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


@pytest.mark.load
def test_an_import_that_finds_the_disk_full_changes_nothing_and_says_so(whole: Whole, tmp_path: Path) -> None:
    whole.python(PREPARE.format(folder=str(tmp_path)))
    told = whole.python(IMPORT_ON_A_FULL_DISK)
    assert told == "磁盘满了，或者数据库不许写，名册什么也没有导入。请腾出空间或改好权限，再导入一次。"
    assert whole.python(STATE) == {"rows": [0, 0, 0], "events": 0, "stage": "taking", "has_file": True}
    whole.python(TAKE)
    assert whole.python(STATE)["rows"] == [1200, 1200, 1200]
