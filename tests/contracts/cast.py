"""A small office for contract tests: one user of each role, and one thing of every kind that an address may name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from lianxin.account.bulletin.actions import drafting as composing
from lianxin.account.bulletin.actions import signing
from lianxin.account.bulletin.models import Issue, Item
from lianxin.account.publishing.models import Answer, Call, Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.affairs.contact.models import TieUpload
from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.affairs.opinions.models import LedgerUpload, Meeting, Opinion, SavedView
from lianxin.affairs.opinions.models.opinion import Channel
from lianxin.affairs.suggestions.actions import answering as replies
from lianxin.affairs.suggestions.actions import drafting, submitting
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.access.actions import NewGrant, grant, leave
from lianxin.ground.access.models import Grant, User
from lianxin.ground.cases.models import Handover, Promise
from lianxin.ground.core.clock import day_of, now, today
from lianxin.ground.core.events import Ref
from lianxin.ground.core.figures import Period
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Platform
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.models import FileKind
from lianxin.ground.people.models import Body, Mandate, Region, RosterUpload, Unit
from tests.affairs.contact.builders import make_household, make_tie
from tests.affairs.opinions.builders import make_opinion
from tests.affairs.stations.builders import OPENED_ON, make_shift, make_station
from tests.ground.access.builders import make_grant, make_platform, make_user
from tests.ground.documents.builders import encoded, lay_down, make_paper, picture
from tests.ground.documents.builders import upload as sent
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person
from tests.ground.rulebook.builders import make_proposal
from tests.ground.vault.builders import make_opening, make_voice

ROLES = (
    "anonymous",
    "deputy",
    "station_keeper",
    "township_clerk",
    "office_clerk",
    "unit_clerk",
    "unit_head",
    "leader",
    "system",
    "security",
    "audit",
)


@dataclass
class Cast:
    """`cookies` of a browser by role (none for anonymous); `things`: what stands in the URL of a name."""

    cookies: dict[str, str]
    things: dict[str, dict[str, Any]]


def make_cast() -> Cast:
    """Everybody and everything, made by the verbs."""
    make_platform()
    county = make_county()
    Platform.objects.update(county_code=county.code)
    Platform.forget()
    village = Region.objects.filter(level="village").order_by("code").first()
    congress = make_congress(county)
    station = make_station(village, congress)
    district = make_district(congress, village)
    mandate = make_mandate(congress)
    days = {"starts_on": date(2026, 1, 8), "ends_on": date(2026, 1, 11)}
    session = congress.hold_session(5, **days, by=None, at=now())
    unit = Unit.objects.create(name="交通运输局", kind="department", region=county)
    over = {
        "deputy": (Grant.Scope.BODY, congress.pk),
        "station_keeper": (Grant.Scope.STATION, station.pk),
        "township_clerk": (Grant.Scope.PLACE, village.parent_id),
        "office_clerk": (Grant.Scope.PLACE, county.pk),
        "unit_clerk": (Grant.Scope.UNIT, unit.pk),
        "unit_head": (Grant.Scope.UNIT, unit.pk),
        "leader": (Grant.Scope.PLACE, county.pk),
    }
    users = {role: make_user(role) for role in ROLES[1:]}
    for role, user in users.items():
        make_grant(user, role, *over.get(role, (Grant.Scope.PLATFORM, None)))
    for name, (role, *scope) in _elsewhere().items():
        make_grant(users.setdefault(name, make_user(name)), role, *scope)
    users["new administrator"] = make_user("刚当上的")  # who has no second step yet
    grant(users["new administrator"], NewGrant("system"), by=None, at=now())
    cookies = {"anonymous": ""} | {role: _signed_in(user) for role, user in users.items()}
    colleague = make_user("同事")
    given = make_grant(colleague, "leader", Grant.Scope.PLACE, county.pk)
    office = Unit.objects.create(name="民政局", kind="department", region=county)
    vacant = make_grant(leaver := make_user("离任者"), "unit_clerk", Grant.Scope.UNIT, office.pk)
    leave(leaver, make_user("接任者"), by=users["system"].pk, at=now())
    own = make_mandate(congress, make_person("罗青禾"), district=district)
    own.person.link(users["deputy"], by=None, at=now())
    opinion = make_opinion(village, station=station)
    sorting.accept(opinion, by=users["office_clerk"].pk, at=now())
    handling.hand_to_units(opinion, unit, by=users["office_clerk"].pk, at=now())
    fresh = make_opinion(village, station=station)
    letter = make_opinion(village, channel=Channel.LETTER)
    photo = documents.keep(
        sent(encoded(picture())), kind=FileKind.PHOTO, owner=Ref("opinion", fresh.pk), by=None, at=now()
    )
    saved = SavedView.objects.create(user=users["office_clerk"], name="道路", query="view=open")
    handed = Handover.objects.running().get(case=opinion.case_id)
    sorting.list_for_meeting(
        listed := make_opinion(village, station=station), today(), by=users["office_clerk"].pk, at=now()
    )
    meeting = Meeting.of(listed.case.body, today())
    meeting.lay_down(chair="章谷雨（副主任）", attended="罗青禾", by=users["office_clerk"].pk, at=now())
    held = Handover.objects.running().get(case=make_opinion(village, mandate=own).case_id)
    issued = make_paper(head := lay_down(opinion.case.body))
    draft, suggestion, replied = _suggestions(own, unit, users)
    unit_head = lay_down(unit, mark="青交函")
    news = _news(congress, users)
    answering = Handover.objects.running().get(case=suggestion.case_id)
    bulletins = _bulletins(congress, village, users)
    station.post(own, on=OPENED_ON, by=None, at=now())
    shift = make_shift(station, own)
    duty = shift.duties.get()
    promise = _promised(village, unit, users)
    upload = RosterUpload.objects.create(name="名册.xlsx", by=users["office_clerk"], made_at=now(), moved_at=now())
    ledger = LedgerUpload.objects.create(name="台账.xlsx", by=users["office_clerk"], made_at=now(), moved_at=now())
    ties = TieUpload.objects.create(name="结对表.xlsx", by=users["office_clerk"], made_at=now(), moved_at=now())
    tie = make_tie(own, household := make_household(village, congress))
    clerk = make_user("另一位工作人员")
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, county.pk)
    opening = make_opening(clerk, make_voice(places=[county.pk]))
    proposal = make_proposal(users["system"].pk)
    return Cast(cookies, _things(locals()))


def _bulletins(congress: Body, village: Region, users: dict[str, User]) -> dict[str, Issue]:
    """An issue that is composed, one that waits for the leader, one that is out; each with a word that somebody agreed to."""
    clerk, month, issues = users["office_clerk"].pk, Period.month(now().year, now().month), {}
    opinion = make_opinion(village, visibility="unnamed")
    Opinion.objects.filter(pk=opinion.pk).update(is_public=True)
    opinion.refresh_from_db()
    for name in ("draft", "waiting", "out"):
        issue = issues[name] = composing.begin(congress, month, by=clerk, at=now())
        month = month.before
        item = composing.add(issue, "echoes", opinion, by=clerk, at=now())
        composing.agree(item, "phone", day_of(now()), edition=issue.edition, by=clerk, at=now())
        Item.objects.filter(pk=item.pk).update(text="换好了。")
        issue.refresh_from_db()
        if name != "draft":
            signing.submit(issue, edition=issue.edition, by=clerk, at=now())
            signing.review(issue, edition=issue.edition, by=users["leader"].pk, at=now())
    Issue.objects.filter(pk=issues["waiting"].pk).update(reviewed_by=new_id())
    signing.sign(issues["out"], edition=issues["out"].edition, by=users["audit"].pk, at=now())
    return issues


def _promised(village: Region, unit: Unit, users: dict[str, User]) -> Promise:
    """What the unit promised in its answer to another opinion."""
    clerk, head = users["unit_clerk"].pk, users["unit_head"].pk
    opinion = make_opinion(village)
    handling.hand_to_units(opinion, unit, by=users["office_clerk"].pk, at=now())
    lead = Handover.objects.running().get(case=opinion.case_id)
    later = {"outcome": "later", "promise": "换灯杆", "promised_on": day_of(now()) + timedelta(days=90)}
    draft = replying.draft(lead, by=clerk, at=now(), text="列入计划。", **later)
    replying.approve(lead, by=head, at=now(), edition=draft.edition)
    replying.send(lead, by=clerk, at=now())
    return Promise.objects.get(case=opinion.case_id)


def _suggestions(lead: Mandate, unit: Unit, users: dict[str, User]) -> tuple[Suggestion, Suggestion, Handover]:
    """A draft of the deputy's, one that was submitted, is public, and lies with the unit, and what the unit answered."""
    parts = {"facts": "七盏灯坏了。", "analysis": "没有人管养。", "advice": "请接管。"}
    deputy, clerk = users["deputy"].pk, users["office_clerk"].pk
    draft, made, answered = (
        drafting.begin(lead, title, id=new_id(), by=deputy, at=now(), **parts) for title in ("修路灯", "修路", "修桥")
    )
    for one in (made, answered):
        submitting.submit(one, by=deputy, at=now())
        submitting.hand_over(one, unit, by=clerk, at=now())
    submitting.publish(made, by=clerk, at=now())
    replied = Handover.objects.running().get(case=Suggestion.objects.get(pk=answered.pk).case_id)
    sent = replies.draft(replied, by=clerk, at=now(), text="修好了。", outcome="solved")
    replies.approve(replied, by=clerk, at=now(), edition=sent.edition)
    replies.send(replied, by=clerk, at=now())
    return draft, Suggestion.objects.get(pk=made.pk), replied


def _news(congress: Body, users: dict[str, User]) -> dict[str, Wording]:
    """A draft of the county's congress, one that waits for review, and one that is public."""
    writer, words = make_user("写消息的").pk, Words("news", "常委会开会", "28日开会。")
    made = {
        state: Wording.begin(congress, words, id=new_id(), by=writer, at=now())
        for state in ("draft", "submitted", "published")
    }
    asked = [
        ("修哪条路？", "one", ["河边路", "学校路"]),
        ("还缺什么？", "several", ["路灯", "站台"]),
        ("别的", "words", []),
    ]
    days = {"opens_on": day_of(now()), "closes_on": day_of(now()) + timedelta(days=9)}
    call = Call.ask(made["published"].announcement, asked, **days, by=writer, at=now())
    made["submitted"].submit(edition=0, by=writer, at=now())
    made["published"].submit(edition=1, by=writer, at=now())
    made["published"].publish({}, edition=2, by=users["office_clerk"].pk, at=now())
    call.answer({"1": [1], "2": [1, 2], "3": "再快些"}, id=new_id(), region=None, at=now())
    return made


def _elsewhere() -> dict[str, tuple[str, str, Any]]:
    """Who holds a role over something of the same kind that is no part of what the others hold theirs over."""
    township = Region.objects.filter(level="township").order_by("code").last()
    station = make_station(township, make_congress(township, "township"))
    county = make_county("远山县")
    return {
        "another keeper": ("station_keeper", Grant.Scope.STATION, station.pk),
        "another township": ("township_clerk", Grant.Scope.PLACE, township.pk),
        "another county": ("office_clerk", Grant.Scope.PLACE, county.pk),
    }


def _signed_in(user: User) -> str:
    """The cookie of a browser in which the user is signed in."""
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser.cookies.output(header="", attrs=[])


def _things(made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    colleague, given = made["colleague"].pk, made["given"].pk
    one = {
        "access:end_session": 1,
        "access:proposal": made["proposal"].pk,
        **{f"access:{name}": colleague for name in ("person", "reinvite", "unlock", "leave", "grant")},
        "access:fill_post": made["vacant"].pk,
        "access:dismiss_post": made["vacant"].pk,
        "mfa_remove_webauthn": 1,
        "mfa_edit_webauthn": 1,
        "publishing:standing": made["village"].pk,
        **{
            f"stations:{name}": made["station"].pk
            for name in ("station", "edit", "deputies", "history", "fittings", "close", "reopen")
        },
        "people:place": made["village"].pk,
        "people:district": made["district"].pk,
        "people:person": made["mandate"].person_id,
        "publishing:heard_by": made["mandate"].person_id,
        "publishing:heard_at": made["station"].pk,
        "publishing:card": made["mandate"].person_id,
        "publishing:poster": made["station"].pk,
        "publishing:photos": made["station"].pk,
        **{
            f"publishing:{name}": made["news"]["draft"].announcement_id
            for name in ("announcement", "edit_announcement", "attach", "questions", "consent_sheet")
        },
        "publishing:review": made["news"]["submitted"].announcement_id,
        **{
            f"publishing:{name}": made["news"]["published"].announcement_id
            for name in ("news_item", "answer", "answered", "answers", "answers_workbook")
        },
        "publishing:feed_of_deputy": made["mandate"].person_id,
        "publishing:feed_of_station": made["station"].pk,
        "people:amend": made["mandate"].person_id,
        "people:link": made["mandate"].person_id,
        "people:body": made["congress"].pk,
        "people:add_deputy": made["congress"].pk,
        "people:draw": made["congress"].pk,
        "people:session": made["session"].pk,
        "people:unit": made["unit"].pk,
        **{f"bulletin:{name}": made["bulletins"]["draft"].pk for name in ("issue", "add", "move", "proof")},
        "bulletin:to_sign": made["bulletins"]["waiting"].pk,
        "opinions:tell_file": made["upload"].pk,
        "opinions:enter_file": made["upload"].pk,
        "opinions:station_code": made["station"].pk,
        "opinions:deputy_code": made["mandate"].pk,
        "opinions:place_code": made["village"].pk,
        "people:roster_upload": made["upload"].pk,
        "people:roster_take": made["upload"].pk,
        **{f"opinions:{name}": made["ledger"].pk for name in ("ledger_upload", "ledger_take")},
        **{f"contact:{name}": made["household"].pk for name in ("household", "identity", "own_identity")},
        **{f"contact:{name}": made["tie"].pk for name in ("tie", "end")},
        **{f"contact:{name}": made["ties"].pk for name in ("uploaded", "take")},
        "vault:opening": made["opening"].pk,
        "opinions:unit_matter": made["handed"].pk,
        "opinions:unit_papers": made["handed"].pk,
        **{f"opinions:{name}": made["opinion"].pk for name in ("papers", "letterhead", "transfer")},
        "opinions:transcript": made["letter"].pk,
        **{
            f"opinions:{name}": made["fresh"].pk
            for name in ("opinion", "as_handlers", "near", "reissue_code", "identity")
        },
        "opinions:count_view": made["saved"].pk,
        "opinions:drop_view": made["saved"].pk,
        "opinions:unit_draft": made["handed"].pk,
        "opinions:unit_promise_kept": made["promise"].pk,
        "opinions:deputy_matter": made["held"].pk,
        **{f"suggestions:{name}": made["draft"].pk for name in ("deputy_suggestion", "edit", "joining")},
        **{
            f"suggestions:{name}": made["suggestion"].pk
            for name in ("suggestion", "public_suggestion", "papers", "notice", "letterhead")
        },
        **{f"suggestions:{name}": made["answering"].pk for name in ("unit_suggestion", "unit_draft")},
        **{f"suggestions:{name}": made["replied"].pk for name in ("reply_letter", "unit_letterhead")},
    }
    return {name: {"pk": pk} for name, pk in one.items()} | {
        "opinions:matter_act": {"verb": "correct"},
        "opinions:matter_file": {"pk": made["opinion"].pk},
        "opinions:public_matter": {"number": made["opinion"].case.number},
        "publishing:photo": {"pk": made["station"].pk, "photo": new_id()},
        "publishing:public_photo": {"pk": made["station"].pk, "photo": new_id()},
        "publishing:announcement_act": {"pk": made["news"]["draft"].announcement_id, "kind": "submit"},
        "publishing:answer_act": {
            "pk": made["news"]["published"].announcement_id,
            "answer": Answer.objects.get().pk,
        },
        "publishing:attachment": {"pk": made["news"]["draft"].announcement_id, "file": new_id()},
        "publishing:news_file": {"pk": made["news"]["published"].announcement_id, "file": new_id()},
        "publishing:chapter": {"name": "residents"},
        "publishing:feed_of_case": {"number": made["opinion"].case.number},
        "opinions:public_echo": {"number": made["opinion"].case.number},
        "opinions:public_file": {"number": made["opinion"].case.number, "pk": made["opinion"].pk},
        "contact:add": {"place": made["village"].pk},
        "contact:new": {"code": "voter", "mandate": made["own"].pk},
        "contact:act": {"pk": made["household"].pk, "kind": "agree"},
        "stations:open": {"place": made["village"].pk},
        "stations:shift": {"pk": made["shift"].pk},
        "stations:sheet": {"pk": made["shift"].pk},
        "stations:shift_act": {"pk": made["shift"].pk, "kind": "cancel"},
        "stations:duty_act": {"pk": made["duty"].pk, "kind": "excuse"},
        "stations:own_act": {"pk": made["duty"].pk, "kind": "ask"},
        "stations:station_calendar": {"pk": made["station"].pk},
        "opinions:register": {"pk": made["station"].pk, "kind": "reception"},
        "opinions:register_workbook": {"pk": made["station"].pk, "kind": "ledger"},
        "opinions:ledger_blank": {"kind": "ledger"},
        "opinions:hear": {"shift": made["shift"].pk},
        "opinions:record": {"shift": made["shift"].pk},
        "opinions:record_file": {"shift": made["shift"].pk, "paper": new_id(), "ending": "docx"},
        "stations:check_in": {"shift": made["shift"].pk},
        "opinions:enter_slip": {"paper": "58"},
        **{f"bulletin:{name}": {"number": 1} for name in ("public_issue", "docx", "roots")},
        "bulletin:pdf": {"number": 1, "form": "a4"},
        "bulletin:counted": {"number": 1, "figure": "opinions.received"},
        "bulletin:act": {"pk": made["bulletins"]["draft"].pk, "kind": "submit"},
        "bulletin:sign": {"pk": made["bulletins"]["waiting"].pk, "kind": "sign"},
        **{
            f"bulletin:{name}": {
                "pk": made["bulletins"]["draft"].pk,
                "item": made["bulletins"]["draft"].items.get().pk,
            }
            for name in ("item", "agree")
        },
        "people:place_change": {"pk": made["village"].pk, "kind": "rename"},
        "people:body_act": {"pk": made["congress"].pk, "kind": "session"},
        "people:district_act": {"pk": made["district"].pk, "kind": "redraw"},
        "people:unit_act": {"pk": made["unit"].pk, "kind": "office"},
        "people:mandate_act": {"pk": made["mandate"].pk, "kind": "pause"},
        "opinions:meeting": {"body": made["meeting"].body_id, "on": made["meeting"].on},
        "opinions:meeting_record": {"meeting": made["meeting"].pk},
        "opinions:meeting_record_file": {"meeting": made["meeting"].pk, "paper": new_id(), "ending": "docx"},
        "opinions:undo": {"step": new_id()},
        "opinions:handover_act": {"pk": made["handed"].pk, "kind": "take_back"},
        "opinions:act": {"pk": made["fresh"].pk, "kind": "decline"},
        "opinions:desk_file": {"pk": made["fresh"].pk, "file_pk": made["photo"].pk},
        "opinions:look": {"pk": made["fresh"].pk, "file_pk": made["photo"].pk},
        "opinions:unit_act": {"pk": made["handed"].pk, "kind": "contact"},
        "documents:paper": {"pk": new_id(), "ending": "docx"},
        "documents:entry": {"pk": made["issued"].pk},
        "documents:template": {"pk": made["unit_head"].pk, "kind": "reply"},
        **{
            f"documents:{name}": {"pk": made["head"].pk, "kind": "transfer"}
            for name in ("built_in_template", "leave_template")
        },
        **{
            f"documents:{name}": {"pk": made["head"].pk, "kind": "transfer", "number": 1}
            for name in ("template_version", "template_again")
        },
        "opinions:paper": {"pk": made["opinion"].pk, "paper": new_id(), "ending": "docx"},
        "opinions:unit_paper": {"pk": made["handed"].pk, "paper": new_id(), "ending": "docx"},
        "opinions:unit_file": {"pk": made["handed"].pk, "file": new_id()},
        "opinions:unit_discard": {"pk": made["handed"].pk, "file": new_id()},
        "opinions:deputy_act": {"pk": made["held"].pk, "kind": "explain"},
        "opinions:deputy_file": {"pk": made["held"].pk, "file": new_id()},
        "suggestions:deputy_act": {"pk": made["draft"].pk, "kind": "withdraw"},
        "suggestions:act": {"pk": made["suggestion"].pk, "kind": "take-back"},
        "suggestions:unit_act": {"pk": made["answering"].pk, "kind": "contact"},
        "suggestions:promise_kept": {"pk": made["suggestion"].pk, "promise": new_id()},
        "suggestions:unit_promise_kept": {"pk": made["answering"].pk, "promise": new_id()},
        "suggestions:paper": {"pk": made["suggestion"].pk, "paper": new_id(), "ending": "docx"},
        "suggestions:deputy_paper": {"pk": made["suggestion"].pk, "paper": new_id(), "ending": "docx"},
        "suggestions:unit_paper": {"pk": made["answering"].pk, "paper": new_id(), "ending": "docx"},
        "access:decide_rules": {"pk": made["proposal"].pk, "kind": "send-back"},
        "access:end_grant": {"pk": colleague, "grant_pk": given},
        "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    }
