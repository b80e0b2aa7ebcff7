"""Two who do something at once: one does it, the other is told in words, and nothing waits for ever."""

import pytest

from lianxin.ground.core.ids import new_id
from tests.affairs.opinions.there import OFFICE, asked, holds

pytestmark = [pytest.mark.sql, pytest.mark.load]


def race(whole, before, *verbs):
    """What each was told: "done", or why not."""
    whole.python(OFFICE + before + "\nprint(json.dumps(1))")
    return whole.together(*[f"{OFFICE}\ntried(lambda: {verb})" for verb in verbs])


def test_one_opinion_sent_eight_times_at_once_is_one(whole):
    id = new_id()
    tell = f"make_opinion(office.village, NOON, id=__import__('uuid').UUID('{id}'))"
    assert race(whole, "", *[tell] * 8) == ["done"] * 8
    assert asked(whole, "[Opinion.objects.count(), first().case.number[-4:]]") == [1, "0001"]
    assert asked(whole, "Event.objects.filter(kind='opinions.told').count()") == 1
    holds(whole)


PAIRS = {
    "accepted and declined": (
        "office.opinion()",
        "sorting.accept(first(), by=by, at=NOON, edition=0)",
        "sorting.decline(first(), 'private', '个人之间的事', by=by, at=NOON, edition=0)",
    ),
    "two replies": (
        """
_one, lead = working.handed(office)
draft = replying.draft(lead, by=by, at=NOON, text="修好了。", outcome="solved")
replying.approve(lead, by=by, at=NOON, edition=draft.edition)
""",
        *["replying.send(Handover.objects.running().get(), by=by, at=NOON)"] * 2,
    ),
    "merged crosswise": (
        "office.opinion(), office.opinion()",
        "sorting.merge(first(0), first(1), by=by, at=NOON)",
        "sorting.merge(first(1), first(0), by=by, at=NOON)",
    ),
    "rated twice": (
        "working.answered(office)",
        *["judging.rate(first(), 'yes', 'yes', at=NOON + 2 * working.DAY)"] * 2,
    ),
    "taken back and handed on": (
        "working.accepted(office)",
        "sorting.undo(Step.objects.get().pk, by=by, at=NOON)",
        "handling.hand_to_units(first(), office.roads, by=by, at=NOON, edition=1)",
    ),
    "reopened twice": ("working.answered(office)", *["judging.reopen(first(), '不亮', at=NOON + 2 * working.DAY)"] * 2),
    "withdrawn twice": ("office.opinion(phone='13800001234')", *["telling.withdraw(first(), at=NOON)"] * 2),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_at_once_one_does_it_and_the_other_is_told_in_words(whole, pair):
    told = race(whole, *PAIRS[pair])
    assert told.count("done") == 1, told
    [refusal] = [words for words in told if words != "done"]
    assert "。" in refusal
    holds(whole)


def test_two_who_hide_words_of_what_was_added_at_once_hide_both(whole):
    before = "telling.add(office.opinion(), '我叫王秀兰，电话13800001234。', at=NOON)"
    hiding = "sorting.redact(first(), ['{}'], '个人信息', by=by, at=NOON)"
    assert race(whole, before, hiding.format("王秀兰"), hiding.format("13800001234")) == ["done"] * 2
    assert asked(whole, "first().additions.get().text") == "我叫▇▇▇，电话▇▇▇。"
    holds(whole)


def test_merging_splitting_and_withdrawing_one_family_at_once_stops_nobody_for_ever(whole):
    before = """
main = office.opinion()
for _ in range(5):
    working.merged(office, office.opinion(), into=main)
"""
    verbs = [f"sorting.split(first({n}), by=by, at=NOON)" for n in (1, 2)]
    verbs += [f"telling.withdraw(first({n}), at=NOON)" for n in (0, 3, 4)]
    verbs += ["telling.add(first(5), '还有一盏', at=NOON)"]
    told = race(whole, before, *verbs)
    assert told == ["done"] * 6
    assert asked(whole, "first(0).case.voices") == 1
    holds(whole)


ISSUING = """
from lianxin.ground.documents import papers
from lianxin.ground.documents.models import Letterhead, Paper, PaperKind
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.people.models import Body
from lianxin.lib.papers import Form, Part
from lianxin.lib.papers import Paper as Content
head = Letterhead.lay_down(Body.objects.congresses().first(), issuer="办公室", mark="青人办函", contact="", by=None, at=NOON)
letter = Content(Form.LETTER, "", "", "关于灯的函", to="交通运输局", body=(Part("桥头的灯不亮。"),))
issue = lambda: papers.issue(letter, PaperKind.TRANSFER, id=new_id(), to=new_id(), about=Ref("opinion", first().pk), head=head, at=NOON)
"""


def test_eight_clerks_who_issue_at_once_take_eight_numbers_that_follow_one_another(whole):
    whole.python(f"{OFFICE}\noffice.opinion()\n{ISSUING}\nprint(json.dumps(1))")
    assert whole.together(*[f"{OFFICE}\n{ISSUING}\ntried(issue)"] * 8) == ["done"] * 8
    numbers = asked(
        whole,
        "[one.number for one in __import__('lianxin.ground.documents.models', fromlist=['Paper']).Paper.objects.all()]",
    )
    assert sorted(numbers) == [f"青人办函〔2026〕{number}号" for number in range(1, 9)]


def test_a_record_that_is_written_while_somebody_withdraws_keeps_none_of_their_words(whole):
    at_table = "from lianxin.affairs.opinions.actions.issuing import record_meeting\n"
    at_table += "from lianxin.affairs.opinions.models import Meeting\nfrom lianxin.ground.core.ids import new_id\n"
    at_table += "from lianxin.ground.documents.models import Paper\n"
    before = f"""
{at_table}
for words in ("水管漏了三天。", "桥塌了。"):
    sorting.list_for_meeting(office.opinion(words=words), NOON.date(), by=by, at=NOON)
Meeting.of(first().case.body, NOON.date()).lay_down(chair="章谷雨", attended="罗青禾", by=by, at=NOON)
"""
    whole.python(OFFICE + before + "\nprint(json.dumps(1))")
    write = "record_meeting(Meeting.objects.select_related('body').get(), id=new_id(), by=by, at=NOON)"
    tries = (write, write, "telling.withdraw(first(), at=NOON)", write)
    told = whole.together(*[f"{OFFICE}\n{at_table}\ntried(lambda: {verb})" for verb in tries])
    assert told == ["done"] * 4
    left = whole.python(f"{OFFICE}\n{at_table}\nprint(json.dumps([str(one.content) for one in Paper.objects.all()]))")
    assert len(left) == 3
    assert not any("水管漏了三天" in content for content in left)
    holds(whole)
