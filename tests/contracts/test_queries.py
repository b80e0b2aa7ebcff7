"""Pages ask the database a handful of questions, however much there is."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.affairs.opinions.actions import handling, replying
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.events import Entry, Party, Ref, record_all
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body, Mandate, Unit
from tests.affairs.opinions.builders import make_opinion
from tests.affairs.stations.builders import OPENED_ON, make_station
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person
from tests.ground.people.clerks import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("platform_stays_known")]
MANY = 220
SIGNED_IN = 3  # the session, who it is, and the grants
QUESTIONS = {  # of somebody, and of the office beside those three
    "the front page": (5, 5),
    "the front page of a place": (8, 8),
    "news": (1, 1),
    "a piece of news": (4, 4),
    "places": (2, 2),
    "a place": (5, 5),
    "the roster": (2, 2),
    "a name": (2, 2),
    "a person": (8, 12),
    "the stations": (3, 3),
    "a station": (7, 11),
    "who stands for a village": (6, 6),
    "bodies": (3, 3),
    "what residents say": (2, 2),
    "a public matter": (6, 6),
}

TAKEN_OUT = {  # for Excel, of the office beside those three
    "/desk/opinions/inbox.xlsx": 2,
    "/desk/promises/list.xlsx": 2,
    "/desk/suggestions/list.xlsx": 3,
    "/desk/stations/list.xlsx": 1,
    "/desk/units/list.xlsx": 1,
    "/desk/bodies/list.xlsx": 1,
    "/desk/sessions/list.xlsx": 1,
    "/desk/news/list.xlsx": 3,
}
OF_UNIT = {"/unit/opinions/list.xlsx?tab=sign": 2, "/unit/promises/list.xlsx": 2, "/unit/suggestions/list.xlsx": 1}
DESK = {"the inbox": 5, "what is read beside it": 5, "a matter at the desk": 7}  # of the office beside those three


@pytest.fixture
def congress() -> Body:
    make_platform()
    return make_congress(make_county())


@pytest.fixture
def pages(congress: Body) -> dict[str, str]:
    """Very many deputies, all for one village and of one station, and a long record of it and of one of them."""
    village = congress.region.parts.get(name="石桥镇").parts.get(name="橘林村")
    district, station = make_district(congress, village), make_station(village, congress)
    mandates = [make_mandate(congress, make_person(f"罗青禾{n}"), district=district) for n in range(MANY)]
    station.post_all(mandates, on=OPENED_ON, by=None, at=now())
    for number in range(MANY):
        make_station(village, congress, kind="residence_household", name=f"中心户{number}")
    with transaction.atomic():
        record_all(_visit(station, mandates[0], number) for number in range(MANY))
    told = [make_opinion(village) for _number in range(MANY)]
    replying.answer_now(told[-1], "七盏灯都修好了。", "solved", by=make_user("bangong").pk, at=now())
    Opinion.objects.update(is_public=True)
    return {
        "the front page": "/",
        "the front page of a place": f"/?place={village.pk}",
        "news": "/news/",
        "a piece of news": f"/news/{_news(congress).announcement_id}/",
        "what residents say": "/opinions/",
        "a public matter": f"/opinions/{told[-1].case.number}/",
        "places": "/places/",
        "a place": village.get_absolute_url(),
        "the roster": "/people/",
        "a name": "/people/?q=luo",
        "a person": mandates[0].person.get_absolute_url(),
        "the stations": "/stations/",
        "a station": station.get_absolute_url(),
        "who stands for a village": f"/find/{village.pk}/",
        "bodies": "/bodies/",
    }


def _news(congress: Body) -> Wording:
    """Very much news of one congress; the last of it."""
    writer, reviewer, words = make_user("甲").pk, make_user("乙").pk, Words("news", "开会", "28日开会。")
    for _number in range(MANY // 4):
        made = Wording.begin(congress, words, id=new_id(), by=writer, at=now())
        made.submit(edition=0, by=writer, at=now())
        made.publish({}, edition=1, by=reviewer, at=now())
    return made


def _visit(station: Station, mandate: Mandate, number: int) -> Entry:
    return Entry(
        "stations.amended",
        subject=Ref("station", station.pk),
        by=None,
        at=now() - timedelta(minutes=number),
        parties=[Party("station", station.pk, "station"), mandate.party("deputy")],
        facts={"what": "address"},
    )


@pytest.mark.parametrize("office", [False, True], ids=["somebody", "the office"])
def test_a_page_asks_a_handful_of_questions(
    client: Client, congress: Body, pages: dict[str, str], office: bool
) -> None:
    if office:
        sign_in(client, "office_clerk", congress.region)
    found = {name: questions(client, address) for name, address in pages.items()}

    wanted = {name: of_office + SIGNED_IN if office else of_all for name, (of_all, of_office) in QUESTIONS.items()}
    assert found == wanted


@pytest.mark.parametrize("many", [3, MANY])
def test_the_desk_asks_as_little_of_much_as_of_little(client: Client, congress: Body, many: int) -> None:
    sign_in(client, "office_clerk", congress.region)
    village = congress.region.parts.get(name="石桥镇").parts.get(name="橘林村")
    told = [make_opinion(village, subject="roads") for _number in range(many)]
    unit = Unit.objects.create(name="交通运输局", kind="department", region=congress.region)
    handling.hand_to_units(told[-1], unit, by=make_user("bangong").pk, at=now())
    beside = {"HX-Request": "true", "HX-Target": "read"}
    found = {
        "the inbox": questions(client, "/desk/opinions/"),
        "what is read beside it": questions(client, told[0].get_absolute_url(), beside),
        "a matter at the desk": questions(client, told[-1].get_absolute_url()),
    }
    assert found == {name: number + SIGNED_IN for name, number in DESK.items()}


@pytest.mark.parametrize("many", [1, 40])
def test_a_list_for_excel_asks_as_little_of_much_as_of_little(client: Client, congress: Body, many: int) -> None:
    _much_to_take_out(congress, many)
    sign_in(client, "office_clerk", congress.region)
    found = {address: questions(client, address) for address in TAKEN_OUT}
    make_grant(of_unit := make_user("单位"), "unit_head", Grant.Scope.UNIT, Unit.objects.get(name="交通运输局").pk)
    client.force_login(of_unit)
    found |= {address: questions(client, address) for address in OF_UNIT}
    assert found == {address: number + SIGNED_IN for address, number in (TAKEN_OUT | OF_UNIT).items()}


def _much_to_take_out(congress: Body, many: int) -> None:
    """So many of everything that a list for Excel tells of, and half of them promised something."""
    village, by = congress.region.parts.get(name="石桥镇").parts.get(name="橘林村"), make_user("bangong").pk
    unit = Unit.objects.create(name="交通运输局", kind="department", region=congress.region)
    mandate = make_mandate(congress)
    for number in range(many):
        Unit.objects.create(name=f"科室{number}", kind="office", parent=unit, region=congress.region)
        make_station(village, congress, name=f"站{number}").post(mandate, on=OPENED_ON, by=None, at=now())
        congress.form("group", f"第{number}小组", on=OPENED_ON, by=None, at=now())
        words = Words("news", "开会", "28日开会。")
        Wording.begin(congress, words, id=new_id(), by=by, at=now())
        for _time in range(2):
            opinion = make_opinion(village, subject="roads")
            handling.hand_to_units(opinion, unit, by=by, at=now())
        _promise(opinion, by)


def _promise(opinion: Opinion, by: UUID) -> None:
    handover = Handover.objects.running().get(case=opinion.case_id)
    draft = replying.draft(
        handover,
        text="年底前修。",
        outcome="later",
        promise="修好",
        promised_on=today() + timedelta(days=30),
        by=by,
        at=now(),
    )
    replying.approve(handover, by=by, at=now(), edition=draft.edition)
    replying.send(handover, by=by, at=now())


def questions(client: Client, address: str, headers: dict[str, str] | None = None) -> int:
    """How many questions a page asks when it is not the first time."""
    client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, headers=headers).status_code == 200
    return len(asked)
