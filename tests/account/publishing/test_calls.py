"""Opinions wanted: anybody answers without a name until a day; the office counts, hides with a reason, tells the result."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from openpyxl import load_workbook

from lianxin.account.publishing.counting import count
from lianxin.account.publishing.errors import (
    AskedAlready,
    HiddenAlready,
    NotAsking,
    NothingAsked,
    NotLonger,
    StillAsking,
)
from lianxin.account.publishing.models import Answer, Call, Wording
from lianxin.ground.access.models import Hit
from lianxin.ground.cases.errors import NoReason
from lianxin.ground.core.clock import now, start_of, today
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Region
from tests.account.publishing.newsroom import Newsroom
from tests.affairs.opinions.builders import NOON, Office

pytestmark = pytest.mark.django_db
ASKED = [
    ("最该先修哪条路？", "one", ["河边路", "学校路"]),
    ("还缺什么？", "several", ["路灯", "站台"]),
    ("别的", "words", []),
]


@pytest.fixture
def room(travel):
    travel(NOON)
    office = Office()
    return Newsroom(office.congress, office.county)


def asked(room, days=10, **facts):
    """A draft that asks."""
    made = room.draft("修路征求意见", **facts)
    told = {"opens_on": today(), "closes_on": today() + timedelta(days=days), "by": room.writer.pk, "at": now()}
    Call.ask(made.announcement, ASKED, **told)
    made.refresh_from_db()
    return made


def running(room, **facts):
    """One that is public and runs."""
    made = asked(room, **facts)
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    return Call.objects.get(announcement=made.announcement)


def answer(call, **told):
    one = uuid4()
    call.answer({name.removeprefix("q"): said for name, said in told.items()}, id=one, region=None, at=now())
    return Answer.objects.get(pk=one)


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def address(call, name="answer"):
    return reverse(f"publishing:{name}", args=[call.announcement_id])


def test_anybody_answers_and_nothing_is_kept_of_them(room, client):
    call = running(room)
    page = client.get(address(call))
    one = re.search(r'name="id" value="([^"]*)"', page.content.decode())[1]
    township = Region.objects.filter(level="township").first()
    sent = {"id": one, "q1": "2", "q2": ["1", "2"], "q3": "=1+1", "region": township.pk}
    for _time in range(2):  # the button pressed twice
        assert client.post(address(call), sent).status_code == 302
    kept = Answer.objects.get()
    assert (kept.told, kept.given_on, kept.region) == ({"1": [2], "2": [1, 2], "3": "=1+1"}, today(), township)
    assert kept.pk.version == 4  # ids of other kinds hold a moment
    event = Event.objects.get(kind="publishing.answered")
    assert (event.by_id, event.facts, event.happened_at) == (None, {}, start_of(today()))
    assert "收到一份答卷" not in text(room.browser(room.writer).get(f"/desk/news/{call.announcement_id}/"))


def test_who_leaves_a_telephone_in_an_answer_is_asked_first(room, client):
    call = running(room)
    sent = {"q3": "有结果请打电话13900000001，我叫屈长根。"}
    asked_back = client.post(address(call), sent)
    assert asked_back.status_code == 422
    assert "里面好像有电话、姓名" in text(asked_back)
    assert 'type="checkbox" name="as_it_is"' in asked_back.content.decode()
    assert 'type="checkbox" name="as_it_is"' not in client.get(address(call)).content.decode()
    assert not Answer.objects.exists()
    assert client.post(address(call), sent | {"as_it_is": "on"}).status_code == 302
    assert Answer.objects.get().told == {"3": sent["q3"]}


def test_nothing_said_is_no_answer(room, client):
    call = running(room)
    refused = client.post(address(call), {"q3": "  "})
    assert refused.status_code == 422
    assert "请至少答一个问题" in text(refused)
    assert client.post(address(call), {"q1": "9"}).status_code == 422
    assert not Answer.objects.exists()


def test_only_from_the_first_day_to_the_last(room, client, travel):
    call = running(room, days=2)
    travel(NOON + timedelta(days=2))
    assert client.get(address(call)).status_code == 200
    travel(NOON + timedelta(days=3))
    assert client.get(address(call)).status_code == 302
    with pytest.raises(NotAsking):
        answer(call, q3="晚了")


def test_one_address_does_not_flood_it(room, client):
    call = running(room)
    codes = [client.post(address(call), {"id": uuid4(), "q1": "1"}).status_code for _time in range(31)]
    assert codes == [302] * 30 + [429]
    assert Hit.objects.count() == 30


def test_questions_are_reviewed_and_then_stay(room):
    made = asked(room, text="请说。")
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    with pytest.raises(AskedAlready):
        Call.ask(made.announcement, ASKED, opens_on=today(), closes_on=today(), by=room.writer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    Wording.correct(made.announcement, by=room.writer.pk, at=now())
    with pytest.raises(AskedAlready):
        Call.ask(made.announcement, ASKED, opens_on=today(), closes_on=today(), by=room.writer.pk, at=now())


def test_a_telephone_in_a_question_is_found(room):
    made = room.draft()
    told = {"opens_on": today(), "closes_on": today(), "by": room.writer.pk, "at": now()}
    Call.ask(made.announcement, [("打13800138000行吗？", "words", [])], **told)
    (found,) = Wording.objects.get().findings
    assert found.where == "问题第1段的电话"


def test_who_writes_the_questions_does_not_review(room):
    made = room.draft()
    told = {"opens_on": today(), "closes_on": today(), "by": room.reviewer.pk, "at": now()}
    Call.ask(made.announcement, ASKED, **told)
    assert made.is_written_by(room.reviewer.pk)


def test_what_is_hidden_is_kept_and_not_counted(room):
    call = running(room)
    answer(call, q1=[1], q2=[1, 2])
    silly = answer(call, q1=[2], q3="啦啦啦")
    with pytest.raises(NoReason):
        silly.hide(" ", by=room.reviewer.pk, at=now())
    silly.hide("乱写的", by=room.reviewer.pk, at=now())
    with pytest.raises(HiddenAlready):
        silly.hide("再来", by=room.reviewer.pk, at=now())
    result = count(call)
    assert (result.counted, result.hidden) == (1, 1)
    assert [(one.choices, one.answered) for one in result.questions] == [
        ([("河边路", 1), ("学校路", 0)], 1),
        ([("路灯", 1), ("站台", 1)], 1),
        ([], 0),
    ]
    page = text(room.browser(room.reviewer).get(f"/desk/news/{call.announcement_id}/answers/"))
    assert "乱写的" in page
    silly.show(by=room.reviewer.pk, at=now())
    assert count(call).counted == 2


def test_the_result_is_news_of_its_own_with_every_count_and_its_denominator(room, client, travel):
    call = running(room, days=2)
    answer(call, q1=[1], q3="请先修")
    answer(call, q2=[2])
    with pytest.raises(StillAsking):
        call.write_results("结果", "大家说先修河边路。", by=room.writer.pk, at=now())
    travel(NOON + timedelta(days=3))
    assert "结果整理好以后公布在这里" in text(client.get(call.announcement.public_url))
    writer = room.browser(room.writer)
    assert writer.post(f"/desk/news/{call.announcement_id}/results/").status_code == 302
    call.refresh_from_db()
    made = call.results.wordings.get()
    with pytest.raises(AskedAlready):
        call.write_results("再写", "一次", by=room.writer.pk, at=now())
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    page = text(client.get(made.announcement.public_url))
    assert "收到2份答卷" in page
    assert re.search(r"河边路\s*1/1", page)
    assert "请先修" not in page  # what one person wrote is the office's to sum up
    assert made.title in text(client.get(call.announcement.public_url))


def test_what_asked_nothing_has_no_result(room):
    made = room.published()
    refused = room.browser(room.writer).post(f"/desk/news/{made.announcement_id}/results/")
    assert refused.status_code == 422
    assert "没有征求意见" in text(refused)


def test_answers_are_handed_out_for_excel_as_text(room):
    call = running(room)
    answer(call, q1=[2], q3="=HYPERLINK(1)")
    file = room.browser(room.writer).get(f"/desk/news/{call.announcement_id}/answers/workbook/")
    rows = list(load_workbook(BytesIO(file.content)).active.iter_rows())
    assert [cell.value for cell in rows[1]][2:] == ["计入", "学校路", "", "=HYPERLINK(1)"]
    assert rows[1][-1].data_type == "s"


def test_the_office_writes_the_questions_on_a_page(room):
    made, writer = room.draft(), room.browser(room.writer)
    page = f"/desk/news/{made.announcement_id}/questions/"
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=3)}
    kinds = {f"kind_{number}": "words" for number in range(1, 6)}
    short = writer.post(page, days | kinds | {"text_1": "选哪个？", "kind_1": "one", "choices_1": "只有一个"})
    assert short.status_code == 422
    assert "请写2到12个可选的" in text(short)
    assert (
        writer.post(page, days | kinds | {"text_1": "选哪个？", "kind_1": "one", "choices_1": "甲\n乙"}).status_code
        == 302
    )
    assert [(one.text, one.choices) for one in Call.objects.get().questions.all()] == [("选哪个？", ["甲", "乙"])]
    assert "选哪个？" in text(writer.get(f"/desk/news/{made.announcement_id}/"))
    assert 'value="选哪个？"' in writer.get(page).content.decode()


def test_two_choices_are_never_the_same(room):
    made, writer = room.draft(), room.browser(room.writer)
    asked = {"opens_on": today(), "closes_on": today() + timedelta(days=3)}
    asked |= {f"kind_{number}": "words" for number in range(1, 6)}
    asked |= {"text_1": "几点？", "kind_1": "one", "choices_1": "5点\n6点\n 6点"}
    page = writer.post(f"/desk/news/{made.announcement_id}/questions/", asked)
    assert page.status_code == 422
    assert "有两个一样的：6点" in text(page)


def test_what_is_to_ask_is_not_published_without_a_question(room, client):
    made = room.draft(category="calls")
    page = room.browser(room.writer).get(f"/desk/news/{made.announcement_id}/").content.decode()
    assert "这一类消息要有问题" in page
    with pytest.raises(NothingAsked):
        made.submit(edition=made.edition, by=room.writer.pk, at=now())
    Call.ask(made.announcement, ASKED, opens_on=today(), closes_on=today(), by=room.writer.pk, at=now())
    made.refresh_from_db()
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    assert ASKED[0][0] in text(client.get(made.announcement.public_url))


def test_it_is_prolonged_with_a_reason_that_everybody_reads(room, client, travel):
    call = running(room, days=10)
    until = call.closes_on
    travel(now() + timedelta(days=12))
    over = text(client.get(call.announcement.public_url))
    assert "已经结束" in over
    assert "不用登录" not in over
    client.force_login(room.reviewer)
    refused = client.post(act(call), {"closes_on": until, "reason": "再多听几天"})
    assert refused.status_code == 422
    assert "只能改得更晚" in text(refused)
    later = today() + timedelta(days=7)
    assert client.post(act(call), {"closes_on": later, "reason": "再多听几天"}).status_code == 302
    client.logout()
    page = text(client.get(call.announcement.public_url))
    assert f"原来到{date_format(until)}为止，后来延长：再多听几天" in page
    answer(Call.objects.get(), q1=[1])
    assert Answer.objects.count() == 1


def test_it_is_never_shortened_nor_prolonged_when_its_result_is_begun(room, travel):
    call = running(room, days=10)
    for day in (call.closes_on, call.closes_on - timedelta(days=1)):
        with pytest.raises(NotLonger):
            call.prolong(day, "理由", by=room.reviewer.pk, at=now())
    travel(now() + timedelta(days=30))
    with pytest.raises(NotLonger):
        call.prolong(today() - timedelta(days=1), "理由", by=room.reviewer.pk, at=now())
    call.write_results("结果", "大家说的", by=room.writer.pk, at=now())
    with pytest.raises(AskedAlready):
        call.prolong(today() + timedelta(days=9), "理由", by=room.reviewer.pk, at=now())


def act(call):
    return reverse("publishing:announcement_act", args=[call.announcement_id, "prolong"])
