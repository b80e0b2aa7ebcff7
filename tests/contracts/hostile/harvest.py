"""Every form there is, found by reading the pages of every role and of everybody who is in the midst of something."""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from lianxin.account.publishing.deeds import DEEDS as DEEDS_OF_NEWS
from lianxin.affairs.opinions.deeds import DEEDS
from lianxin.affairs.opinions.forms import deputies
from lianxin.affairs.opinions.forms.desk import HANDOVER_FORMS
from lianxin.affairs.suggestions.deeds import DEEDS as DEEDS_OF_SUGGESTIONS
from lianxin.affairs.suggestions.views.deputies import JOINS, LEADS
from lianxin.ground.access.views.proposals import DEEDS as DEEDS_OF_RULES
from lianxin.ground.cases.forms import ACTS as ACTS_OF_UNITS
from tests.contracts.cast import ROLES, Cast
from tests.contracts.hostile.guests import make_guests
from tests.contracts.hostile.pages import Form, Page
from tests.contracts.test_doors import TABLE, table

Kind = tuple[str, str]  # the name of an address, and which act of several it is
WHICH = ("kind", "verb", "paper")
ACTS = {  # those that nothing leads to just now are forms too
    "opinions:act": DEEDS,
    "publishing:announcement_act": DEEDS_OF_NEWS,
    "opinions:handover_act": HANDOVER_FORMS,
    "opinions:unit_act": ACTS_OF_UNITS,
    "suggestions:unit_act": ACTS_OF_UNITS,
    "suggestions:act": DEEDS_OF_SUGGESTIONS,
    "suggestions:deputy_act": LEADS | JOINS,
    "opinions:deputy_act": deputies.ACTS,
    "access:decide_rules": DEEDS_OF_RULES,
}
SECOND_STEPS = {"access:grant": "?role=leader", "people:draw": "?look=1"}
OF_ALL = ("anonymous", "office_clerk")  # who read what everybody may read: the clerk finds there what is to be done
NOT_OPENED = {"account_logout"}
BY_HAND = {  # what stands on no page just now, or on one that is itself the answer to a form: fields by name of the address
    "access:propose_rules": ("system", {"draft": "hidden", "body": "select", "on": "date", "why": "textarea"}),
    "account_set_password": ("signed in this minute", {"password1": "password", "password2": "password"}),
    "access:demo": ("anonymous", {"username": "button"}),
    "access:end_other_sessions": ("leader", {}),
    "access:unlock": ("security", {}),
    "mfa_deactivate_totp": ("security", {}),
    "mfa_edit_webauthn": ("signed in this minute", {"name": "text"}),
    "mfa_login_webauthn": ("anonymous", {"credential": "hidden"}),
    "mfa_reauthenticate_webauthn": ("security", {"credential": "hidden"}),
    "mfa_remove_webauthn": ("signed in this minute", {}),
    "opinions:bulk": (
        "office_clerk",
        dict.fromkeys(("pick", "act", "fields", "previewed", "confirmed", "cause", "edition"), "hidden")
        | {"reason": "textarea", "lead": "text", "on": "date"},
    ),
    "opinions:record": ("office_clerk", {"id": "hidden"}),
    "opinions:undo": ("office_clerk", {"from": "hidden"}),
    "opinions:unit_discard": ("unit_clerk", {"edition": "hidden"}),
    "suggestions:promise_kept": ("office_clerk", {"note": "textarea"}),
    "suggestions:unit_promise_kept": ("unit_clerk", {"note": "textarea"}),
    "contact:new": ("office_clerk", {"other": "radio", "on": "date", "t": "hidden"}),
    "contact:take": ("office_clerk", {}),
    "documents:leave_template": ("office_clerk", {"version": "hidden"}),
    "documents:template_again": ("office_clerk", {"version": "hidden"}),
    "publishing:attachment": ("office_clerk", {"do": "button", "back": "hidden"}),
    "publishing:photo": ("station_keeper", {"do": "button"}),
    "people:roster_take": ("office_clerk", {}),
    "opinions:ledger_take": ("office_clerk", {}),
    "stations:fittings": ("station_keeper", {"key": "hidden", "state": "button"}),
}


@dataclass
class Found:
    """What was read: the cookies of everybody who reads, by kind of page its forms and readers, and what it is asked."""

    cookies: dict[str, str]
    forms: dict[Kind, list[tuple[str, Form]]] = field(default_factory=lambda: defaultdict(list))
    pages: dict[Kind, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    queries: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))


def kind_of(address: str) -> Kind | None:
    """Which page an address is; none where it is none of ours."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return match.view_name, next((str(match.kwargs[which]) for which in WHICH if which in match.kwargs), "")


def harvest(cast: Cast) -> Found:
    """Read what each may read, and the acts that its pages lead to, one of a kind."""
    guests = make_guests(cast)
    found = Found(cast.cookies | {name: cookies for name, (cookies, _starts) in guests.items()})
    lines = {name: words for (method, name), words in table(TABLE).items() if method == "GET"}
    for place, role in enumerate(ROLES):
        mine = [name for name, words in lines.items() if words[place] == "ok" and name not in NOT_OPENED]
        own = [name for name in mine if role in OF_ALL or set(lines[name]) != {"ok"}]
        _read(found, role, [address for name in own for address in _addresses(name, cast)], follows=bool(place))
    for name, (_cookies, starts) in guests.items():
        _read(found, name, starts, follows=False)
    for name, (who, kinds) in BY_HAND.items():
        address = reverse(name, kwargs=cast.things.get(name, {}))
        found.forms[name, ""].append((who, Form(address, "post", dict(kinds), {field: [""] for field in kinds})))
    return found


def _addresses(name: str, cast: Cast) -> list[str]:
    told = cast.things.get(name, {})
    acts = [reverse(name, kwargs=told | {"kind": kind}) for kind in ACTS.get(name, ())]
    address = reverse(name, kwargs=told)
    return [address, *acts, *[address + SECOND_STEPS[name] for _one in (name,) if name in SECOND_STEPS]]


def _read(found: Found, who: str, starts: list[str], *, follows: bool) -> None:
    browser, waiting = Client(headers={"host": "localhost"}), list(starts)
    seen = {kind_of(address) for address in starts}
    while waiting:
        address = waiting.pop(0)
        browser.cookies.clear()
        browser.cookies.load(found.cookies[who])
        answer = browser.get(address)
        kind = kind_of(address)
        assert kind is not None, address
        found.pages[kind].append((who, address))
        if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
            continue
        page = Page(answer.content.decode(), address)
        _note(found, who, page)
        for link in (urljoin(address, link) for link in page.links):
            to = kind_of(link)
            if follows and to and to[1] and to not in seen:
                seen.add(to)
                waiting.append(link)


def _note(found: Found, who: str, page: Page) -> None:
    for form in page.forms:
        form.action = urljoin(page.path, form.action)
        if (kind := kind_of(form.action)) and form.method == "post":
            found.forms[kind].append((who, form))
        elif kind:
            found.queries[kind] |= set(form.kinds)
    for link in page.links:
        query = parse_qsl(urlsplit(urljoin(page.path, link)).query)
        if query and (kind := kind_of(urljoin(page.path, link))):
            found.queries[kind] |= {name for name, _value in query}
