"""The five books of a station: asked of what was recorded, never typed, and without a resident's name."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.actions.hearing import hear
from lianxin.affairs.opinions.actions.replying import answer_as_deputy
from lianxin.affairs.opinions.actions.telling import Telling
from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.access.models import User
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.opinions.builders import make_opinion
from tests.affairs.stations.builders import OPENED_ON, make_shift
from tests.ground.access.builders import make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = pytest.mark.django_db
FORMULA = "=cmd|' /C calc'!A0 村口的路灯不亮"


@pytest.fixture
def shift(station: Station, congress: Body, keeper: User) -> Shift:
    """Two on duty: one came, heard two people and answered one of them; the other did not come."""
    came, absent = (make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实"))
    station.post_all([came, absent], on=OPENED_ON, by=None, at=now())
    shift = make_shift(station, came, absent)
    shift.come(shift.duties.get(mandate=came), way="keeper", by=keeper.pk, at=now())
    said(shift, "answered", "交通局答应下周来修。")
    said(shift, "written", "", words=FORMULA)
    shift.close(by=keeper.pk, at=now())
    return shift


def said(shift: Shift, then: str, note: str, **facts: Any) -> Opinion:
    mandate = facts.pop("mandate", None) or shift.duties.get(mandate__person__name="罗青禾").mandate
    told = {
        "words": "水管漏了三天。",
        "particulars": Particulars(name="刘小满", phone="13800000007"),
        "subject": "water",
    }
    telling = Telling(
        id=new_id(),
        region=shift.station.region,
        channel=Channel.RECEPTION,
        station=shift.station,
        shift=shift,
        mandate=mandate,
        said_on=shift.held_on,
        **told | facts,
    )
    return hear(telling, then, note, by=make_user(f"代写{new_id()}").pk, at=now())


def page(client: Client, shift: Shift, kind: str) -> str:
    answer = client.get(f"/desk/stations/{shift.station_id}/registers/{kind}/")
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(client: Client, shift: Shift, kind: str) -> list[tuple[Any, ...]]:
    answer = client.get(f"/desk/stations/{shift.station_id}/registers/{kind}.xlsx")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    return list(book.active.iter_rows(min_row=2, values_only=True))


def test_what_was_said_once_stands_in_each_of_the_five_books(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)

    reception = sheet(client, shift, "reception")
    assert [row[0].date() for row in reception] == [today(), today()]
    assert {row[1] for row in reception} == {"罗青禾"}
    assert [row[5] for row in reception] == ["水管漏了三天。", FORMULA]
    assert reception[0][8:10] == ("作了说明", reception[0][0])

    ledger = sheet(client, shift, "ledger")
    assert [row[5] for row in ledger] == ["水管漏了三天。", FORMULA]
    assert {row[2] for row in ledger} == {"接待日"}

    roster = {row[0]: row[5:] for row in sheet(client, shift, "roster")}
    assert roster == {"罗青禾": (1, 1, 0, 0, 2), "谭秋实": (1, 0, 0, 1, 0)}

    files = [(row[0], row[2], row[3]) for row in sheet(client, shift, "files")]
    assert ("罗青禾", "到站接待", "到了") in files
    assert ("谭秋实", "到站接待", "没有到") in files
    assert any(row[:2] == ("罗青禾", "答复群众意见") for row in files)

    ((_on, name, hours, came, excused, absent, heard, answered),) = sheet(client, shift, "activities")
    assert (name, hours, came, excused, absent, heard, answered) == (
        "5号见",
        "9:00–11:00",
        "罗青禾",
        "",
        "谭秋实",
        2,
        1,
    )


@pytest.mark.parametrize("kind", ["reception", "ledger", "roster", "files", "activities"])
def test_no_book_holds_who_said_it(client: Client, shift: Shift, keeper: User, kind: str) -> None:
    client.force_login(keeper)
    text = page(client, shift, kind) + str(sheet(client, shift, kind))
    assert "刘小满" not in text
    assert "13800000007" not in text
    assert "罗青禾" in text or kind == "ledger"


@pytest.mark.parametrize("kind", ["reception", "ledger"])
def test_what_gives_somebody_away_in_the_words_is_masked(client: Client, shift: Shift, keeper: User, kind: str) -> None:
    said(shift, "written", "", words="我叫刘小满，电话13800000007，水管漏了三天。", spot="3号楼2单元501室")
    client.force_login(keeper)
    for text in (page(client, shift, kind), str(sheet(client, shift, kind))):
        assert not any(word in text for word in ("刘小满", "13800000007", "501室"))
        assert "▇▇▇，水管漏了三天。" in text


def test_the_files_of_several_deputies_are_one_after_another(client: Client, shift: Shift, keeper: User) -> None:
    other = shift.duties.get(mandate__person__name="谭秋实").mandate
    opinion = said(shift, "written", "", mandate=other)
    answer_as_deputy(Handover.objects.running().get(case=opinion.case_id), "问过了。", by=keeper.pk, at=now())
    client.force_login(keeper)
    whose = [row[0] for row in sheet(client, shift, "files")]
    assert whose == ["罗青禾", "罗青禾", "谭秋实", "谭秋实"]


def test_a_complaint_of_the_station_stands_in_no_book_of_it(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    told = Telling(
        id=new_id(),
        words="门都没有开。",
        region=shift.station.region,
        station=shift.station,
        complaint=Complaint.of(shift.station),
    )
    telling.tell(told, by=None, at=now())
    assert "门都没有开" not in page(client, shift, "ledger") + page(client, shift, "reception")


def test_what_was_erased_is_gone_from_the_books(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    telling.withdraw(Opinion.objects.get(text="水管漏了三天。"), at=now())
    assert "水管漏了三天" not in page(client, shift, "reception")
    assert "原话已销毁" in page(client, shift, "reception")


def test_another_year_and_another_book_are_told_apart(client: Client, shift: Shift, keeper: User) -> None:
    client.force_login(keeper)
    base = f"/desk/stations/{shift.station_id}/registers"
    assert "水管" not in client.get(f"{base}/reception/?year=2024").content.decode()
    assert client.get(f"{base}/reception/?year=x").status_code == 200
    assert client.get(f"{base}/gossip/").status_code == 404


def test_a_book_costs_few_queries_however_long_it_is(
    client: Client, shift: Shift, keeper: User, django_assert_max_num_queries
) -> None:
    client.force_login(keeper)
    for _number in range(12):
        make_opinion(shift.station.region, station=shift.station)
    with django_assert_max_num_queries(16):
        page(client, shift, "ledger")
    with django_assert_max_num_queries(16):
        page(client, shift, "reception")
