"""Made-up kinds of events, and events, for tests."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Entry, EventKind, Named, Party, Ref, record_all
from lianxin.ground.core.figures import Counted, Definition, Figure, Period
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event


class Way(models.TextChoices):
    FOOT = "foot", "步行"
    BUS = "bus", "公交车"


VISITED = EventKind(
    "tests.visited",
    "走访",
    "{by}和{deputy}走访了{subject}，谈了{length}：{story}",
    subject="household",
    parties=("deputy", "guest"),
    measures={"length": "minute", "present": "person"},
    facts={
        "asked": bool,
        "way": Way,
        "form": str,
        "on": date,
        "role": Named("role"),
        "unit": Named("unit", UUID),
        "n": int,
    },
    texts=("story", "note"),
)
WRITTEN = EventKind("tests.written", "日记", "{by}写了日记", subject="diary", checks=1)
DECIDED = EventKind("tests.decided", "决定", "{by}定下一件事", subject="matter", checks=2, look="doc")
KINDS = (VISITED, WRITTEN, DECIDED)
NAMED = {}  # what the namers of the tests know: (kind, id) → name


def person(name: str) -> UUID:
    """A user with a name."""
    return thing("user", name)


def thing(kind: str, name: str) -> UUID:
    """Anything with a name."""
    id = new_id()
    NAMED[kind, id] = name
    return id


def visit(**facts: Any) -> Entry:
    """The entry of a visit; what is not given is made up."""
    deputy = facts.pop("deputy", None) or new_id()
    return Entry(
        "tests.visited",
        **{
            "subject": Ref("household", facts.pop("household", None) or new_id()),
            "by": new_id(),
            "at": now(),
            "parties": [Party("mandate", deputy, "deputy")],
            "measures": {"length": 40},
            "texts": {"story": "屋顶漏水，想问修缮补贴。"},
        }
        | facts,
    )


def make_visit(**facts: Any) -> Event:
    """A visit that stands in the record."""
    return make_visits(visit(**facts))[0]


def make_visits(*entries: Entry) -> list[Event]:
    """Visits that stand in the record, written in one batch."""
    with transaction.atomic():
        return record_all(entries)


def make_diary(by: UUID | None = None, at: datetime | None = None, kind: str = "tests.written") -> Event:
    """An entry of a diary (or something else that must be checked) that nobody has checked yet."""
    subject = Ref({"tests.written": "diary", "tests.decided": "matter"}[kind], new_id())
    with transaction.atomic():
        return record_all([Entry(kind, subject, by or new_id(), at or now())])[0]


def make_figure(part: int | None, whole: int | None = None, name: str = "数", **counted: Any) -> Figure:
    """A figure that nobody counted."""
    found = Counted(part, whole, **counted)
    one = Definition(
        "tests.figure", name, "数的东西。", lambda _period, _at: found, lambda period: f"/list/?{period.code}"
    )
    return Figure(one, Period.year(2026), datetime(2026, 3, 10, tzinfo=UTC), found)
