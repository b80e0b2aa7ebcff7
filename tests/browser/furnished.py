"""The office of the contract tests with more in it, and which of its pages each role looks at."""

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.urls import reverse

from lianxin.affairs.stations.models import Station
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.models import Platform
from lianxin.ground.people.models import District, Mandate
from tests.affairs.opinions import bringing
from tests.affairs.stations.builders import DAY, OPENED_ON, make_station
from tests.contracts.cast import ROLES, Cast, make_cast
from tests.contracts.test_doors import table
from tests.ground.people.bringing import bring, upload, work
from tests.ground.people.builders import ELECTED_ON, make_mandate, make_person
from tests.ground.people.workbooks import deputy, workbook

LONG_NAME = "阿卜杜热西提·买买提明·艾力江"
LONG_PLACE = "柳溪村晒谷坪老樟树党群服务中心人大代表联系点"
NO_PAGES = {"core:healthz", "core:metrics", "core:styleguide_frame", "people:roster_export"} | {
    "bulletin:docx",
    "bulletin:feed",
    "bulletin:pdf",
    "bulletin:roots",
    "contact:template",
    "documents:workbook",
    "documents:built_in_template",
    "documents:template_version",
    "publishing:feed",
    "publishing:news_feed",
    "publishing:answers_workbook",
    "publishing:feed_of_case",
    "publishing:feed_of_deputy",
    "publishing:feed_of_station",
    "opinions:register_workbook",
    "opinions:inbox_workbook",
    "opinions:ledger_blank",
    "opinions:promises_workbook",
    "opinions:unit_promises_workbook",
    "opinions:unit_workbook",
    "opinions:deputy_workbook",
    "suggestions:unit_workbook",
    "suggestions:deputy_workbook",
    "stations:workbook",
    "people:units_workbook",
    "people:bodies_workbook",
    "people:sessions_workbook",
    "publishing:workbook",
    "suggestions:workbook",
    "stations:rota_workbook",
    "stations:calendar",  # files for calendars
    "stations:station_calendar",
    "opinions:arrived",  # parts of the inbox
    "opinions:count_view",
    "opinions:desk_file",  # a photo by itself
}
WITH_ACTS = ("people:", "stations:")  # public, with acts for the office


def pages_of(role: str) -> list[str]:
    """The names of the pages that are looked at as this role: a page of the table of doors that it gives somebody."""
    lines = table().items()
    return [name for (method, name), words in lines if method == "GET" and role in _lookers(name, words)]


def _lookers(name: str, words: list[str]) -> Iterator[str]:
    """A stranger; the office, which has the most acts; where neither may, the first who may."""
    may = [role for role, word in zip(ROLES, words, strict=True) if word == "ok" and name not in NO_PAGES]
    is_public = "anonymous" in may
    if is_public:
        yield "anonymous"
    if "office_clerk" in may and (not is_public or name.startswith(WITH_ACTS)):
        yield "office_clerk"
    elif may and not is_public:
        yield may[0]


def address(cast: Cast, name: str) -> str:
    """Where the page of this name is, about the thing of the cast."""
    return reverse(name, kwargs=cast.things.get(name, {}))


def just_proved(cookie: str) -> None:
    """Whoever carries this cookie has this moment shown who they are: the library asks nothing again."""
    request = RequestFactory().get("/")
    request.session = SessionStore(SimpleCookie(cookie)[settings.SESSION_COOKIE_NAME].value)
    request.user = get_user(request)
    record_authentication(request, request.user, method="password", reauthenticated=True)
    request.session.save()


def furnish(folder: Path) -> Cast:
    """Everybody and everything of the contracts, with long names, a full district, what paused and what is over."""
    cast = make_cast()
    Platform.objects.update(is_demo=True)
    Platform.forget()
    station = Station.objects.get(pk=cast.things["stations:station"]["pk"])
    _fill(station, District.objects.get(pk=cast.things["people:district"]["pk"]))
    cast.things["people:person"] = {"pk": _long_career(station).person_id}
    closed = make_station(station.region, station.body, name="老联系点")
    closed.close(on=today() - timedelta(days=30), by=None, at=now())
    cast.things["stations:reopen"] = {"pk": closed.pk}
    cast.things["people:roster_upload"] = {"pk": _refused_roster(cast, folder)}
    cast.things["opinions:ledger_upload"] = {"pk": _looked_at_ledger(cast)}
    return cast


def _fill(station: Station, district: District) -> None:
    """More deputies for one village than a page shows unfolded, all of one station, and a committee of them."""
    congress = district.congress
    everybody = [make_mandate(congress, make_person(f"谭秋{n}"), district=district) for n in "东南西北中春夏秋冬子丑"]
    station.post_all(everybody, on=OPENED_ON, by=None, at=now())
    committee = congress.form("standing_committee", "常务委员会", on=ELECTED_ON, by=None, at=now())
    for mandate in everybody:
        committee.take_in(mandate.person, "member", on=ELECTED_ON, by=None, at=now())
    make_station(station.region, congress, name=LONG_PLACE, address="石桥镇柳溪村桥头路8号党群服务中心一楼大厅")
    everybody[0].pause("leave", on=DAY, by=None, at=now())
    everybody[1].end("resigned", on=DAY, by=None, at=now())


def _long_career(station: Station) -> Mandate:
    """A deputy with a long name, one post at the station, and everything told that a person may be told of."""
    facts = {
        "phone": "13800000001",
        "employer": "云江区石桥镇橘林村股份经济合作社联合社",
        "post": "党总支书记、村委会主任",
    }
    mandate = make_mandate(station.body, make_person(LONG_NAME, **facts), trade="农民", starts_on=ELECTED_ON)
    station.post(mandate, on=OPENED_ON, by=None, at=now())
    return mandate


def _refused_roster(cast: Cast, folder: Path) -> object:
    """A workbook with mistakes that the clerk of the office brought."""
    clerk = Client()
    clerk.cookies.load(cast.cookies["office_clerk"])
    bring(
        clerk, workbook(folder, [deputy(性别="男性", 手机="138"), deputy(代表证号="A" * 60, 姓名=LONG_NAME, 届次="甲")])
    )
    work()
    assert upload().stage == "refused"
    return upload().pk


def _looked_at_ledger(cast: Cast) -> object:
    """A ledger of which some rows can be taken over, and some have to be mended."""
    clerk = Client()
    clerk.cookies.load(cast.cookies["office_clerk"])
    rows = [{"收到日期": DAY, "哪里的事": LONG_PLACE, "类别": "道路交通问题"}, {"收到日期": DAY, "原话": "灯不亮"}]
    bringing.bring(clerk, bringing.sheet(bringing.LEDGER, *rows), f"{LONG_PLACE}意见台账.xlsx")
    work()
    assert bringing.upload().stage == "checked"
    return bringing.upload().pk
