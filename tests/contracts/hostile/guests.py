"""Browsers in the midst of something: a letter half written, a matter opened by its code, an invitation in the hand."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from lianxin.affairs.opinions import links
from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.actions import invite
from lianxin.ground.access.models import User
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.clock import now
from lianxin.ground.messages.actions import choose
from lianxin.ground.messages.models import Reach
from lianxin.ground.people.models import Region, Unit
from tests.affairs.opinions.builders import make_opinion
from tests.contracts.cast import Cast
from tests.ground.access.builders import PASSWORD

Guest = tuple[str, list[str]]  # the cookies of the browser, and where it begins


def make_guests(cast: Cast) -> dict[str, Guest]:
    """Each by what they are in the midst of."""
    village = Region.objects.get(pk=cast.things["people:place"]["pk"])
    users = {user.name: user for user in User.objects.all()}
    answered, asked = _answered(village, cast, users), make_opinion(village, phone="13800001234")
    sorting.accept(asked, by=users["office_clerk"].pk, at=now())
    sorting.ask_more(asked, "是哪一盏？", by=users["office_clerk"].pk, at=now())
    made = {
        "teller": _writing("", "/tell/", village),
        "writer": _writing(cast.cookies["office_clerk"], "/desk/opinions/new/", village),
        "answered author": _following(answered),
        "asked author": _following(asked),
        "author with a link": ("", [f"{reverse('opinions:follow_link')}?t={links.token_of(answered)}"]),
        "author with a message": ("", [f"{reverse('messages:stop')}?t={Reach.objects.get().stop_token}"]),
        "invited": _invited(users["system"]),
        "resetting": _resetting(users["leader"]),
    }
    made["signed in this minute"] = _sure(users["deputy"])
    made["before the second step"] = _half(users["security"])
    return made


def _cookies(browser: Client) -> str:
    return browser.cookies.output(header="", attrs=[])


def _writing(cookies: str, base: str, village: Region) -> Guest:
    browser = Client()
    browser.cookies.load(cookies)
    steps = {"": {"region": village.pk}, "what": {"words": "路灯不亮。"}, "subject": {"subject": "roads"}}
    steps["seen"] = {"visibility": "unnamed"}
    if cookies:
        steps[""] |= {"came_by": "walk_in", "said_on": now().date()}
    for step, told in steps.items():
        answer = browser.post(f"{base}{step}{'/' if step else ''}", told)
        assert answer.status_code == 302, (base, step, answer.content.decode())
    return _cookies(browser), [f"{base}{step}{'/' if step else ''}" for step in (*steps, "send", "whom")]


def _answered(village: Region, cast: Cast, users: dict[str, User]) -> Opinion:
    """One that was answered, whose author is told by mail and may judge."""
    opinion = make_opinion(village, email="wang@resident.example")
    unit = Unit.objects.get(pk=cast.things["people:unit"]["pk"])
    clerk = users["unit_clerk"].pk
    handling.hand_to_units(opinion, unit, by=users["office_clerk"].pk, at=now())
    lead = Handover.objects.running().get(case=opinion.case_id)
    draft = replying.draft(lead, by=clerk, at=now(), text="修好了。", outcome="solved")
    replying.approve(lead, by=users["unit_head"].pk, at=now(), edition=draft.edition)
    replying.send(lead, by=clerk, at=now())
    choose(opinion.pk, "email", by=None, at=now())
    return opinion


def _following(opinion: Opinion) -> Guest:
    browser = Client()
    assert browser.post("/follow/", {"code": opinion.code}).status_code == 302
    verbs = ["", "add/", "correct/", "reopen/", "show/", "messages/", "wechat/", "wechat/back/", "withdraw/"]
    return _cookies(browser), [f"/follow/matter/{verb}" for verb in verbs]


def _invited(system: User) -> Guest:
    _user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    browser = Client()
    assert browser.post(reverse("access:invitation"), {"code": code}).status_code == 302
    return _cookies(browser), [reverse("access:accept")]


def _resetting(user: User) -> Guest:
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    browser = Client()
    answer = browser.get(reverse("account_reset_password_from_key", kwargs=key))
    assert answer.status_code == 302
    return _cookies(browser), [answer["Location"]]


def _sure(user: User) -> Guest:
    browser = Client()
    assert browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})["Location"] == "/me/"
    assert browser.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    pages = [reverse(f"mfa_{name}") for name in ("activate_totp", "generate_recovery_codes", "add_webauthn")]
    return _cookies(browser), pages


def _half(user: User) -> Guest:
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate"), answer["Location"]
    return _cookies(browser), [reverse("mfa_authenticate")]
