"""Pages that lay open: sent twice, sent after the matter was merged or withdrawn, sent by who may do it no more.

Each is a page that somebody has before them, and what they send from it. Whatever became of the matter meanwhile, it is
done once or refused in words, and nothing goes out that should not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lianxin.affairs.opinions.actions import replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.actions import end_grant, leave
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases.models import Case, Echo, Handover, Reply
from lianxin.ground.core.models import Event
from tests.affairs.opinions import working
from tests.affairs.opinions.builders import LAMPS, NOON
from tests.affairs.opinions.unit_people import browser, handed, somebody
from tests.ground.access.builders import make_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(office, travel):
    travel(NOON)


@dataclass
class Open:
    """A page somebody has open: who they are, which opinion it is about, where it is sent, and with what."""

    client: Client
    opinion: Opinion
    address: str
    said: dict[str, Any] = field(default_factory=dict)
    user: User | None = None

    def send(self) -> HttpResponse:
        return self.client.post(self.address, self.said)


def desk(kind: str, **said: Any) -> Callable[[Any], Open]:
    def opened(office):
        make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
        opinion = office.opinion()
        told = {name: value(office) if callable(value) else value for name, value in said.items()}
        address = reverse("opinions:act", args=[opinion.pk, kind])
        return Open(browser(office.clerk), opinion, address, told | {"edition": 0}, office.clerk)

    return opened


def unit(role: str, kind: str, prepare: Callable[[Handover, Any], object] = lambda *_: None, **said: Any):
    def opened(office):
        opinion, lead = handed(office)
        prepare(lead, office.clerk.pk)
        user = somebody(role, office.roads)
        name = ("unit_draft", lead.pk) if kind == "draft" else ("unit_act", lead.pk, kind)
        return Open(browser(user), opinion, reverse(f"opinions:{name[0]}", args=name[1:]), said, user)

    return opened


def deputy(kind: str, **said: Any):
    def opened(office):
        user = make_user("罗青禾")
        make_grant(user, "deputy", Grant.Scope.BODY, office.congress.pk)
        office.mandate.person.link(user, by=None, at=NOON)
        opinion = office.opinion(mandate=office.mandate)
        own = Handover.objects.running().get(case=opinion.case_id)
        return Open(browser(user), opinion, reverse("opinions:deputy_act", args=[own.pk, kind]), said, user)

    return opened


def author(page: str, prepare: Callable[[Any], Opinion] = lambda office: office.opinion(), **said: Any):
    def opened(office):
        opinion, client = prepare(office), Client()
        code = telling.reissue_code(opinion, by=office.clerk.pk, at=NOON)
        assert client.post("/follow/", {"code": code}).status_code == 302
        return Open(client, opinion, f"/follow/matter/{page}/", said)

    return opened


WRITTEN = {"text": "七盏灯都修好了，换的是新灯杆。", "outcome": "solved"}


def drafted(lead, by):
    return replying.draft(lead, by=by, at=NOON, **WRITTEN)


def approved(lead, by):
    replying.approve(lead, by=by, at=NOON, edition=drafted(lead, by).edition)


def answered(office):
    return working.answered(office, at=NOON)


STAFF = {
    "desk accepts": desk("accept"),
    "desk declines": desk("decline", cause="private", reason="个人之间的事"),
    "desk asks": desk("more", question="哪一盏？"),
    "desk answers": desk("answer", text="修好了。", outcome="solved"),
    "desk hands to a unit": desk("unit", lead=lambda office: office.roads.pk),
    "desk hands to a deputy": desk("deputy", mandate=lambda office: office.mandate.pk),
    "desk lists for a meeting": desk("meeting", on="2026-03-20"),
    "desk hides": desk("hide", reason="涉及孩子"),
    "desk redacts": desk("redact", words=LAMPS[:4], reason="太细了"),
    "unit signs in": unit("unit_clerk", "sign-in"),
    "unit calls": unit("unit_clerk", "contact", note="打了电话，约好周四去看"),
    "unit gives back": unit("unit_clerk", "return", reason="县道不归我们养护"),
    "unit drafts": unit("unit_clerk", "draft", **WRITTEN, edition=0),
    "unit asks its head": unit("unit_clerk", "ask", drafted),
    "head approves": unit("unit_head", "approve", drafted, edition=1),
    "head sends back": unit("unit_head", "send-back", drafted, edition=1, remark="写明哪七盏"),
    "unit replies": unit("unit_clerk", "send", approved, edition=1),
    "deputy explains": deputy("explain", text="路灯归镇里管，我问过了。"),
    "deputy takes up": deputy("take-up"),
    "deputy passes on": deputy("pass-on", reason="要县里定"),
}
AUTHORS = {
    "author adds": author("add", words="还有一盏也不亮。"),
    "author corrects": author("correct", words="是八盏，不是七盏。"),
    "author shuts": author("show", visibility="staff"),
    "author rates": author("rating", answered, solved="yes", satisfied="yes"),
    "author reopens": author("reopen", answered, reason="第三盏还是不亮"),
    "author withdraws": author("withdraw", sure="on"),
}
WITHOUT_EVENT = ("unit drafts", "unit asks its head")  # what is not done yet is no part of the record
REFUSED = (401, 403, 404, 409, 422)


def in_words(answer: HttpResponse) -> bool:
    said = answer.content.decode()
    return answer.status_code in REFUSED and "<h1" in said and any("一" <= letter <= "鿿" for letter in said)


def done_so_far() -> list[int]:
    return [Event.objects.count(), Reply.objects.filter(sent_at__isnull=False).count(), Handover.objects.count()]


@pytest.mark.parametrize("page", STAFF | AUTHORS)
def test_sent_twice_it_is_done_once(office, page):
    opened = (STAFF | AUTHORS)[page](office)
    before = done_so_far()
    assert opened.send().status_code == 302
    once = done_so_far()
    assert once != before or page in WITHOUT_EVENT
    second = opened.send()
    assert second.status_code == 302 or in_words(second)
    assert done_so_far() == once


@pytest.mark.parametrize("page", STAFF)
def test_sent_after_the_author_withdrew_it_is_refused_in_words(office, page):
    opened = STAFF[page](office)
    telling.withdraw(opened.opinion, at=NOON)
    before = done_so_far()
    answer = opened.send()
    assert in_words(answer), answer.status_code
    assert LAMPS not in answer.content.decode()
    assert opened.said.get("text", "") in answer.content.decode()
    assert done_so_far() == before
    assert Case.objects.get(pk=opened.opinion.case_id).ending == "withdrawn"


@pytest.mark.parametrize("page", [page for page in STAFF if page.startswith("desk")])
def test_sent_after_it_was_merged_in_another_tab_it_is_refused_in_words(office, page):
    opened = STAFF[page](office)
    main = office.opinion(words="小学门口的路灯也坏了。")
    sorting.merge(opened.opinion, main, by=office.clerk.pk, at=NOON)
    before = done_so_far()
    answer = opened.send()
    assert in_words(answer), answer.status_code
    assert done_so_far() == before
    assert Case.objects.get(pk=opened.opinion.case_id).merged_into_id == main.case_id


@pytest.mark.parametrize("page", ["author adds", "author corrects", "author shuts", "author withdraws"])
def test_an_author_whose_matter_was_merged_meanwhile_still_does_it(office, page):
    opened = AUTHORS[page](office)
    main = office.opinion(words="小学门口的路灯也坏了。")
    sorting.merge(opened.opinion, main, by=office.clerk.pk, at=NOON)
    kinds = set(working.kinds_of(opened.opinion))
    assert opened.send().status_code == 302
    assert len(set(working.kinds_of(opened.opinion)) - kinds) >= 1
    assert Opinion.objects.get(pk=main.pk).text == "小学门口的路灯也坏了。"


@pytest.mark.parametrize("page", STAFF)
@pytest.mark.parametrize("how", ["grant ended", "left"])
def test_sent_by_who_may_no_more_it_is_refused(office, page, how):
    opened = STAFF[page](office)
    assert opened.user is not None
    if how == "left":
        leave(opened.user, make_user("接任者"), by=None, at=NOON)
    else:
        for given in opened.user.grants.all():
            end_grant(given, by=None, at=NOON)
    before = done_so_far()
    answer = opened.send()
    is_sent_to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    assert in_words(answer) or (how == "left" and is_sent_to_sign_in)
    assert done_so_far() == before


def test_who_meets_the_same_after_it_was_merged_or_withdrawn_counts_for_nothing_there(office):
    merged, withdrawn, main = office.opinion(), office.opinion(), office.opinion()
    for one in (merged, withdrawn, main):
        sorting.accept(one, by=office.clerk.pk, at=NOON)
    sorting.merge(merged, main, by=office.clerk.pk, at=NOON)
    telling.withdraw(withdrawn, at=NOON)
    for one in (merged, withdrawn):
        answer = Client().post(reverse("opinions:public_echo", args=[one.case.number]), follow=True)
        assert answer.status_code == 200 or in_words(answer)
    assert not Echo.objects.exists()
