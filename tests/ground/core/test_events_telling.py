"""Events as sentences."""

from datetime import UTC, date, datetime

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import EventKind, Party, Ref, annul, confirm, kinds, redact, refuse, tell
from lianxin.ground.core.events.units import UNITS
from lianxin.ground.core.ids import new_id
from tests.ground.core.builders import NAMED, VISITED, Way, make_diary, make_visit, person, thing

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)


def test_a_sentence_says_who_did_what_for_whom_and_how_long():
    event = make_visit(
        by=person("李芳"),
        household=thing("household", "三组第七户"),
        deputy=thing("mandate", "罗青禾代表"),
        texts={"story": "屋顶漏水"},
    )
    [told] = tell([event])
    assert told.sentence == "李芳和罗青禾代表走访了三组第七户，谈了40分钟：屋顶漏水"
    assert (
        told.marked
        == '<b translate="no">李芳</b>和<b translate="no">罗青禾代表</b>走访了<b>三组第七户</b>，谈了40分钟：屋顶漏水'
    )
    assert (told.look, told.annulled, told.waits_for_check) == ("people", None, False)


def test_several_in_one_role_are_told_together():
    parties = [Party("mandate", thing("mandate", name), "deputy") for name in ("罗青禾", "谭秋实")]
    [told] = tell([make_visit(parties=parties)])
    assert "罗青禾、谭秋实" in told.sentence


def test_what_people_typed_cannot_become_markup():
    event = make_visit(by=person("<script>"), texts={"story": "<img src=x> {by}"})
    [told] = tell([event])
    assert '<b translate="no">&lt;script&gt;</b>' in told.marked
    assert "&lt;img src=x&gt; {by}" in told.marked


def test_a_name_that_nobody_knows_is_told_in_plain_words_never_as_an_id():
    event = make_visit()
    [told] = tell([event])
    assert "（名称已不可查）" in told.sentence
    assert str(event.by_id) not in told.sentence


def test_what_the_platform_did_by_itself_says_so():
    [told] = tell([make_visit(by=None)])
    assert told.sentence.startswith("平台和")


def test_a_redacted_text_is_told_as_taken_away():
    event = make_visit()
    redact(event, "story", by=new_id(), at=now(), reason="有姓名")
    assert tell([event])[0].sentence.endswith("：（文字已删去）")


def test_facts_are_told_in_words(monkeypatch):
    told_facts = EventKind(
        "tests.visited",
        "走访",
        "{asked}，{way}，{form}，{on}，{role}，{unit}，{n}",
        subject="household",
        facts=VISITED.facts,
    )
    monkeypatch.setitem(kinds._kinds, "tests.visited", told_facts)
    facts = {"asked": False, "way": Way.FOOT, "form": "door-1", "on": date(2026, 11, 1), "role": "keeper", "n": 3}
    event = make_visit(facts=facts | {"unit": thing("unit", "交通运输局")}, parties=[], measures={}, texts={})
    NAMED["role", "keeper"] = "站点管理员"
    assert tell([event])[0].sentence == "否，步行，door-1，2026年11月1日，站点管理员，交通运输局，3"


def test_an_annulled_event_says_by_whom_and_why():
    event = make_visit()
    annul(event, by=person("谭秋实"), at=now(), reason="记错了户")
    [told] = tell([event])
    assert (told.annulled.by, told.annulled.reason) == ("谭秋实", "记错了户")


def test_a_checked_event_says_by_whom_or_why_not():
    open_, confirmed, refused = make_diary(), make_diary(), make_diary()
    confirm(confirmed, by=person("赵岚"), at=now())
    refuse(refused, by=person("赵岚"), at=now(), reason="没有照片")
    told = tell([open_, confirmed, refused])
    assert [one.waits_for_check for one in told] == [True, False, False]
    assert [said.by for said in told[1].confirmed] == ["赵岚"]
    assert told[2].refused.reason == "没有照片"


def test_an_annulled_confirmation_is_not_told():
    diary = make_diary()
    confirmation = confirm(diary, by=new_id(), at=now())
    annul(confirmation, by=new_id(), at=now(), reason="点错了")
    [told] = tell([diary])
    assert told.waits_for_check
    assert told.confirmed == ()


def test_an_event_of_a_kind_that_is_no_longer_declared_is_still_told(monkeypatch):
    event = make_visit()
    monkeypatch.delitem(kinds._kinds, "tests.visited")
    assert tell([event])[0].sentence == "（这一类记录已停用）"


def test_fifty_events_take_as_many_queries_as_one(django_assert_num_queries):
    events = [make_visit(by=person(f"张{n}"), deputy=thing("mandate", f"代表{n}")) for n in range(50)]
    for event in events[::5]:
        annul(event, by=person("谭秋实"), at=now(), reason="记错了")
    with django_assert_num_queries(3):
        assert len(tell(events)) == 50


def test_what_no_sentence_tells_is_not_asked_for(django_assert_num_queries):
    diaries = [make_diary(), make_diary()]
    with django_assert_num_queries(1):  # whether they are annulled or checked
        assert len(tell(diaries)) == 2


def test_no_events_take_no_words():
    assert tell([]) == []


def test_half_days_and_money_are_told_as_people_say_them():
    assert [UNITS["half_day"](n) for n in (1, 2, 3)] == ["半天", "1天", "1天半"]
    assert [UNITS["fen"](n) for n in (0, 5, 12300, 12345, -250)] == ["0元", "0.05元", "123元", "123.45元", "-2.50元"]
    assert [UNITS["thousandth"](n) for n in (1000, 875, 5)] == ["100%", "87.5%", "0.5%"]


def test_a_subject_that_the_sentence_names_is_named_by_its_kind():
    event = make_visit(subject=Ref("household", thing("household", "王家")))
    assert "走访了王家" in tell([event])[0].sentence
