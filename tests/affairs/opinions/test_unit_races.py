"""Two people of a unit who do the same at once: one does it, the other is told, and no word is lost."""

import pytest

from tests.affairs.opinions.there import OFFICE, asked, holds

pytestmark = [pytest.mark.sql, pytest.mark.load]
HANDED = """
from tests.affairs.opinions.unit_people import answer, handed
_one, lead = handed(office)
"""
APPROVED = f"""{HANDED}
made = replying.draft(lead, by=by, at=NOON, text="修好了。", outcome="solved")
replying.approve(lead, by=by, at=NOON, edition=made.edition)
"""
PROMISED = f"""{HANDED}
answer(lead, office.clerk, outcome="later", promise="换灯杆", promised_on=NOON.date().replace(month=6))
"""
LEAD = "Handover.objects.running().get(role='lead')"


def race(whole, before, *verbs):
    """What each was told: "done", or why not."""
    whole.python(f"{OFFICE}\n{before}\nprint(json.dumps(1))")
    return whole.together(*[f"{OFFICE}\ntried(lambda: {verb})" for verb in verbs])


def test_of_two_who_send_at_once_one_sends_and_one_is_told(whole):
    told = race(whole, APPROVED, *[f"replying.send({LEAD}, by=by, at=NOON)"] * 2)
    assert told.count("done") == 1, told
    sent = "[Reply.objects.filter(sent_at__isnull=False).count(), Rating.objects.filter(wave=1).count()]"
    assert asked(whole, sent) == [1, 1]
    holds(whole)


def test_of_two_first_drafts_at_once_one_is_kept_and_the_other_is_told(whole):
    saving = "replying.draft({}, text='{}', by=by, at=NOON, edition=0, outcome='solved')"
    told = race(whole, HANDED, saving.format(LEAD, "甲写的"), saving.format(LEAD, "乙写的"))
    assert told.count("done") == 1, told
    assert [words for words in told if "您写的还在下面" in words]
    assert asked(whole, "[reply.text for reply in Reply.objects.all()]")[0] in ("甲写的", "乙写的")


def test_sending_and_taking_back_at_once_leave_one_of_them(whole):
    told = race(
        whole,
        APPROVED,
        f"replying.send({LEAD}, by=by, at=NOON)",
        f"handling.take_back({LEAD}, '改由别的单位办', by=by, at=NOON)",
    )
    assert told.count("done") == 1, told
    assert asked(whole, "first().case.stage") == ("answered" if told[0] == "done" else "accepted")
    holds(whole)


def test_two_who_say_that_a_promise_was_kept_say_it_once(whole):
    keeping = "judging.keep_promise(Promise.objects.get(), '换完了', by=by, at=NOON)"
    told = race(whole, PROMISED, keeping, keeping)
    assert told.count("done") == 1, told
    assert asked(whole, "Promise.objects.filter(kept_at__isnull=False).count()") == 1
    holds(whole)
