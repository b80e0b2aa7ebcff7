"""Every kind of event is told in words: who did it, to what, and no code that only a program would read."""

import re
from datetime import date
from enum import Enum
from uuid import UUID

import pytest

from lianxin.account.bulletin.models import Issue
from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import Words
from lianxin.affairs.opinions.models import Meeting
from lianxin.affairs.suggestions.actions.drafting import begin
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Named, Party, Ref, all_kinds, kind, record, tell
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.core.traditional import convert_html
from lianxin.ground.people.models import Unit
from tests.affairs.contact.builders import make_household, make_tie
from tests.affairs.opinions.builders import make_opinion
from tests.affairs.stations.builders import make_shift, make_station
from tests.ground.access.builders import make_platform, make_user
from tests.ground.core import builders
from tests.ground.documents.builders import lay_down, make_paper
from tests.ground.people.builders import make_congress, make_county, make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db

DOER = "邹麦穗"
THEMSELVES = {"access.joined", "access.ways_changed"}  # told of the one who did it: the subject
OF_AUTHORS = {
    f"opinions.{verb}" for verb in ("more_told", "corrected", "withdrawn", "echoed", "rated", "reopened", "shown_to")
}
BY_TIME = {
    f"opinions.{verb}" for verb in ("more_overdue", "unjudged", "promise_lapsed", "late", "handed_back", "erased")
}
BY_TIME |= {f"suggestions.{verb}" for verb in ("unjudged", "promise_lapsed", "late", "handed_back")}
BY_ITSELF = (
    {"bulletin.forgotten", "publishing.answered"}
    | {"vault.delivered", "access.second_step_unopenable"}
    | BY_TIME
    | OF_AUTHORS
)  # nobody who signs in
CODES_AS_SUCH = {"people.region_recoded": "130202101"}  # division codes are what it tells
CODES = {
    "role": "township_clerk",
    "scope": "platform",
    "columns": "phone+post",
    "fitting": "point:to_be_named",
    "preset": "dianjun",
    "channel": "email",
    "contact_scheme": "voter",
    "opinion_outcome": "solved",
    "opinion_decline": "private",
    "opinion_dissatisfied": "slow",
    "suggestion_outcome": "solved",
    "suggestion_decline": "private",
}
PARTIES = {
    "deputy": "mandate",
    "asker": "mandate",
    "toward": "mandate",
    "relieved": "mandate",
    "member": "person",
    "heir": "user",
    "proposer": "user",
    "station": "station",
    "owner": "station",
} | {kind: kind for kind in ("unit", "body")}
MADE_UP = {kind.code for kind in builders.KINDS}  # those of other tests
SAID_BADLY = re.compile(r"None|没有写|名称已不可查|文字已删去|not said|\{|\}|\(\)|（）")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = {
    "罗青禾",
    "谭秋实",
    "向晚亭",
    "云江区人民代表大会",
    "交通运输局",
    "柳溪村",
    "石桥镇",
    "第一选区",
    "石桥街道",
    r"第\d+联系点",
    r"青人办函〔\d+〕\d+号",
}
OF_PRESETS = {"宜昌市点军区"}  # the place itself
WORD_OF_CODE = re.compile(r"[a-z]+_[a-z]+|[a-z]+\+[a-z]+|[a-z]+:[a-z]+|[0-9a-f]{8}-")


def make_draft(lead):
    """A suggestion that was begun."""
    return begin(lead, "石桥街道", id=new_id(), by=make_user("登记人").pk, at=now())


@pytest.fixture
def things() -> dict[str, UUID]:
    """One of each thing that a sentence names, by its kind."""
    make_platform()
    county = make_county()
    congress = make_congress(county)
    village = county.parts.get(name="石桥镇").parts.get(name="柳溪村")
    rows = {
        "user": make_user("罗青禾"),
        "person": make_person("谭秋实"),
        "mandate": (mandate := make_mandate(congress, make_person("向晚亭"))),
        "body": congress,
        "unit": Unit.objects.create(name="交通运输局", kind="department", region=county),
        "region": village,
        "district": make_district(congress, village),
        "station": (station := make_station(village, congress)),
        "shift": make_shift(station),
        "household": (household := make_household(village, congress)),
        "tie": make_tie(mandate, household),
        "opinion": make_opinion(village),
        "meeting": Meeting.objects.create(
            body=congress, on=date(2026, 11, 3), chair="向晚亭", recorded_by=new_id(), recorded_at=now()
        ),
        "suggestion": make_draft(mandate),
        "bulletin": Issue.objects.create(body=congress, month=date(2026, 11, 1)),
        "announcement": Wording.begin(
            congress, Words("news", "石桥街道", ""), id=new_id(), by=make_user("写消息的").pk, at=now()
        ).announcement,
        "paper": make_paper(lay_down(congress)),
    }
    return {name: row.pk for name, row in rows.items()}


def fact(declared, things):
    """A value that a fact may have."""
    if isinstance(declared, Named):
        if declared.kind.endswith("_columns"):
            return "name"
        return things[declared.kind] if declared.type is UUID else CODES[declared.kind]
    if issubclass(declared, Enum):
        return next(iter(declared))
    return {bool: True, int: 3, str: CODES_AS_SUCH["people.region_recoded"], date: date(2026, 11, 3), UUID: new_id()}[
        declared
    ]


def made(code: str, things: dict[str, UUID]) -> Event:
    """An event of the kind with everything that it may say."""
    declared, doer = kind(code), make_user(DOER)
    of = Event.objects.filter(kind="stations.opened").first() if declared.effect else None
    about = doer.pk if code in THEMSELVES else things.get(declared.subject) or new_id()
    return record(
        code,
        subject=Ref(declared.subject, about),
        by=doer.pk,
        at=now(),
        parties=[Party(PARTIES[role], things[PARTIES[role]], role) for role in declared.parties],
        measures=dict.fromkeys(declared.measures, 2),
        facts={name: fact(shape, things) for name, shape in declared.facts.items()},
        texts=dict.fromkeys(declared.texts, "石桥街道"),
        of=of,
    )


def mistakes(code: str, things: dict[str, UUID], language: str) -> list[str]:
    """What is wrong with the sentence of the kind in this language."""
    one = tell([made(code, things)], "en" if language == "en" else "zh-hans")[0]
    sentence = re.sub(r"<[^>]*>", "", convert_html(str(one.marked)) if language == "zh-hant" else one.sentence)
    bare = sentence.replace(CODES_AS_SUCH.get(code, "/"), "")
    found = [f"{code}: {sentence}"] if SAID_BADLY.search(bare) or WORD_OF_CODE.search(bare) else []
    return found if code in BY_ITSELF or DOER in sentence else [*found, f"{code}: {sentence} (who?)"]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_kind_is_told_by_name_and_in_words(language, things):
    assert [wrong for code in all_kinds() if code not in MADE_UP for wrong in mistakes(code, things, language)] == []


def test_no_chinese_but_names_stands_in_the_english(things):
    sentences = [tell([made(code, things)], "en")[0].sentence for code in all_kinds() if code not in MADE_UP]
    known = sorted(NAMES | OF_PRESETS | {DOER}, key=len, reverse=True)
    assert [one for one in sentences if CHINESE.search(re.sub("|".join(known), "", one))] == []


def test_names_of_people_stay_as_they_are_stored_in_traditional(things):
    one = tell([made("stations.posted", things)])[0]
    assert f'<b translate="no">{DOER}</b>' in convert_html(str(one.marked))
    assert "聯繫點" in convert_html(str(one.marked))


@pytest.mark.parametrize("said", ["张三改动了phone+post", "{by}", "None", "（没有写）", "point:sign", "sms_sent"])
def test_a_sentence_that_says_it_badly_is_seen(said):
    assert SAID_BADLY.search(said) or WORD_OF_CODE.search(said)
