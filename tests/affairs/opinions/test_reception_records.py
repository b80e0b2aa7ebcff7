"""The record of a reception: what stands on it, what never does, and when it goes."""

import io
from typing import Any

import pytest
from django.urls import reverse
from docx import Document

from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.actions.hearing import hear
from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.affairs.opinions.reception_record import written
from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.access.models import Grant, User
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Paper
from lianxin.ground.people.models import Body
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.opinions.unit_people import browser
from tests.affairs.stations.builders import OPENED_ON, make_shift, make_station
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_mandate, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.sql, pytest.mark.usefixtures("printer")]
WORDS = "我叫刘小满，电话13800000007，水管漏了三天。"


@pytest.fixture
def shift(station: Station, congress: Body, keeper: User) -> Shift:
    """Two on duty, of whom one came and heard two people; it is not over yet."""
    came, absent = (make_mandate(congress, make_person(name)) for name in ("罗青禾", "谭秋实"))
    station.post_all([came, absent], on=OPENED_ON, by=None, at=now())
    shift = make_shift(station, came, absent)
    shift.come(shift.duties.get(mandate=came), way="keeper", by=keeper.pk, at=now())
    said(shift, "answered", "交通局答应下周来修。")
    said(shift, "written", "")
    return shift


@pytest.fixture
def over(shift: Shift, keeper: User) -> Shift:
    shift.close(by=keeper.pk, at=now())
    return Shift.objects.with_station().get(pk=shift.pk)


def said(shift: Shift, then: str, note: str) -> Opinion:
    told = telling.Telling(
        id=new_id(),
        words=WORDS,
        subject="water",
        particulars=Particulars(name="刘小满", phone="13800000007"),
        region=shift.station.region,
        channel=Channel.RECEPTION,
        station=shift.station,
        shift=shift,
        mandate=shift.duties.get(mandate__person__name="罗青禾").mandate,
        said_on=shift.held_on,
    )
    return hear(told, then, note, by=make_user(f"代写{new_id()}").pk, at=now())


def page(shift: Shift) -> str:
    return reverse("opinions:record", args=[shift.pk])


def make(client: Any, shift: Shift) -> Paper:
    told = {"id": str(client.get(page(shift)).context["form"]["id"].value())}
    for _time in range(2):
        assert client.post(page(shift), told)["Location"] == page(shift)
    paper = Paper.objects.get(erased_at=None)
    papers.make.func(str(paper.pk))
    return paper


def test_it_says_when_where_who_and_each_matter_with_its_answer(over: Shift) -> None:
    said = [part.text for part in written(over, today()).body]
    assert said[2] == "接待代表：罗青禾"
    assert said[3] == "记下群众反映2件。"
    assert said[4].startswith("一、")
    assert "水管漏了三天" in said[5]
    assert said[6].startswith("答复（罗青禾")
    assert said[6].endswith("交通局答应下周来修。")
    assert "还没有答复，现在由罗青禾" in said[9]


def test_no_resident_is_named(over: Shift) -> None:
    said = "".join(part.text for part in written(over, today()).body)
    assert "刘小满" not in said
    assert "13800000007" not in said


def test_the_keeper_writes_it_from_the_page_of_the_shift_once(over: Shift, keeper: User) -> None:
    client = browser(keeper)
    assert page(over) in client.get(over.get_absolute_url()).content.decode()
    paper = make(client, over)
    assert paper.number == ""
    answer = client.get(reverse("opinions:record_file", args=[over.pk, paper.pk, "docx"]))
    text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    assert "水管漏了三天" in text
    assert over.station.name in text
    assert Event.objects.about("shift", over.pk).filter(kind="opinions.reception_recorded").count() == 1


def test_before_it_is_over_nothing_is_written(shift: Shift, keeper: User) -> None:
    client = browser(keeper)
    assert "接待还没有结束" in client.get(page(shift)).content.decode()
    answer = client.post(page(shift), {"id": str(new_id())})
    assert answer.status_code == 422
    assert "请先登记接待结束" in answer.content.decode()
    assert not Paper.objects.exists()


def test_it_goes_when_somebody_withdraws_and_can_be_written_anew_without_the_words(over: Shift, keeper: User) -> None:
    client = browser(keeper)
    first = make(client, over)
    telling.withdraw(Opinion.objects.with_case().order_by("pk").first(), at=now())
    assert Paper.objects.get(pk=first.pk).content is None
    again = make(client, over)
    assert "记下群众反映1件。" in str(again.content)


def test_the_keeper_of_another_station_does_not_read_it(over: Shift, keeper: User, congress: Body) -> None:
    paper = make(browser(keeper), over)
    other = make_user("别站")
    elsewhere = make_station(congress.region.parts.get(name="石桥镇"), congress, name="石桥镇代表联络站")
    make_grant(other, "station_keeper", Grant.Scope.STATION, elsewhere.pk)
    for address in (page(over), reverse("opinions:record_file", args=[over.pk, paper.pk, "docx"])):
        assert browser(other).get(address).status_code == 403
