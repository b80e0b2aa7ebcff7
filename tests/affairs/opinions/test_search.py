"""Two characters find everything that contains them, and what was erased is found by nobody."""

import random

import pytest
from django.core.management import call_command
from django.db import connection

from lianxin.affairs.opinions import search
from lianxin.affairs.opinions.actions import sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.lib.text.bigrams import holds
from tests.affairs.opinions.builders import NOON
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_region

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def titles(words, among=None, **asked):
    return [o.title for o in search.find(words, Opinion.objects.all() if among is None else among, **asked).rows]


def test_two_characters_find_it_newest_first(office):
    for words in ("村口路灯坏了", "桥上栏杆断了", "小学旁路灯不亮"):
        office.opinion(words=words)
    assert titles("路灯") == ["小学旁路灯不亮", "村口路灯坏了"]
    assert titles("路灯 小学") == ["小学旁路灯不亮"]
    assert titles("灯路") == []


def test_pairs_that_stand_apart_are_no_word(office):
    office.opinion(words="路灯坏；灯坏了叫人修；坏了三天")
    assert titles("路灯坏了") == []
    assert titles("灯坏了叫") != []


def test_a_number_is_found(office):
    opinion = office.opinion()
    assert titles(opinion.case.number) == [opinion.title]


def test_words_of_nothing_but_signs_say_nothing(office):
    office.opinion(words="路灯坏了！！！")
    assert search.find("！！", Opinion.objects.all()).is_idle


def test_what_was_redacted_is_not_found(office):
    opinion = office.opinion(words="王秀兰家门口的路灯坏了")
    sorting.redact(opinion, ["王秀兰"], "姓名", by=office.clerk.pk, at=NOON)
    assert titles("秀兰") == []
    assert len(titles("路灯")) == 1


def test_only_what_one_may_see_is_found(office):
    office.opinion(words="路灯坏了")
    assert titles("路灯", Opinion.objects.none()) == []


def test_pages_follow_each_other_without_gap_or_double(office):
    for number in range(7):
        office.opinion(words=f"第{number}盏路灯坏了")
    first = search.find("路灯", Opinion.objects.all(), size=3)
    second = search.find("路灯", Opinion.objects.all(), first.older, size=3)
    third = search.find("路灯", Opinion.objects.all(), second.older, size=3)
    told = [o.title for page in (first, second, third) for o in page.rows]
    assert told == [f"第{number}盏路灯坏了" for number in reversed(range(7))]
    assert third.older == ""


def test_a_rebuilt_index_finds_the_same(office, capsys):
    for words in ("村口路灯坏了", "小学旁路灯不亮"):
        office.opinion(words=words)
    before = titles("路灯")
    call_command("rebuild_index")
    assert capsys.readouterr().out == "检索已重建：2条\n"
    assert titles("路灯") == before


def test_withdrawn_words_are_found_by_nobody(office):
    opinion = office.opinion(words="路灯坏了")
    telling.withdraw(opinion, at=NOON)
    assert titles("路灯") == []


@pytest.mark.django_db(transaction=True)
def test_erased_words_are_gone_from_the_files_of_the_index(office, settings):
    opinion = office.opinion(words="蝈蝈笼子挂在电线上")
    telling.withdraw(opinion, at=NOON)
    search.forget()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT block FROM {search.TABLE}_data")
            stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
        assert "蝈蝈".encode() not in stored
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {search.ENTRIES} WHERE tokens::text LIKE '%%蝈蝈%%'")
            assert cursor.fetchone() == (0,)


@pytest.mark.load
def test_nothing_is_missed_among_twenty_thousand_texts(office):
    """Recall against a plain scan. The texts are made of few characters, so that pairs recur everywhere."""
    draw = random.Random(20261122)
    common = "路灯坏了水电气桥村口学校门前老人孩子停车噪音垃圾没有人管请修一下晚上很黑"
    pattern = office.opinion()
    texts = ["".join(draw.choices(common, k=draw.randint(5, 60))) for _ in range(20_000)]
    copies(pattern, texts)
    search.rebuild()
    for _ in range(25):
        words = "".join(draw.choices(common, k=draw.choice((1, 2, 2, 2, 3, 4))))
        expected = sum(holds(text, words) for text in texts) + holds(pattern.text, words)
        assert count(words) == expected, words


def copies(pattern, texts):
    """Opinions like `pattern` with other words."""
    cases, events, opinions = [], [], []
    for number, text in enumerate(texts):
        case = Case(**columns(pattern.case) | {"id": new_id(), "number": f"T-{number}"})
        event = Event(**columns(pattern.told) | {"id": new_id()})
        own = {"id": new_id(), "case_id": case.pk, "told_id": event.pk, "code_mark": f"{number}"}
        cases.append(case)
        events.append(event)
        opinions.append(Opinion(**columns(pattern) | own | {"text": text, "title": text[:20]}))
    for model, made in ((Case, cases), (Event, events), (Opinion, opinions)):
        model.objects.bulk_create(made, batch_size=500)


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def count(words):
    found, cursor = 0, ""
    while True:
        page = search.find(words, Opinion.objects.all(), cursor, size=1000)
        found += len(page.rows)
        if not page.older:
            return found
        cursor = page.older


def test_the_page_finds_what_its_reader_may_see(office, client):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    opinion = office.opinion(words="村口路灯坏了")
    client.force_login(office.clerk, "allauth.account.auth_backends.AuthenticationBackend")
    assert opinion.case.number in client.get("/desk/opinions/search/?q=路灯").content.decode()
    assert "没有找到" in client.get("/desk/opinions/search/?q=龘龘").content.decode()
    assert "没有可以找的词" in client.get("/desk/opinions/search/?q=！！").content.decode()
    keeper = make_user()
    make_grant(keeper, "township_clerk", Grant.Scope.PLACE, make_region("远镇", "township").pk)
    client.force_login(keeper, "allauth.account.auth_backends.AuthenticationBackend")
    assert "没有找到" in client.get("/desk/opinions/search/?q=路灯").content.decode()


def test_residents_find_what_is_public(office, client):
    opinion = office.opinion(words="村口路灯坏了")
    assert opinion.case.number not in client.get("/opinions/?q=路灯").content.decode()
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    assert opinion.case.number in client.get("/opinions/?q=路灯").content.decode()


def test_who_guesses_learns_nothing_that_does_not_stand_in_public(office, client):
    opinion = office.opinion(words="村口路灯坏了", spot="三单元东侧")
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    telling.add(opinion, "隔壁理发店的人都知道。", at=NOON)
    assert titles("三单元") == titles("理发店") == [opinion.title]
    for guess in ("三单元", "理发店"):
        assert opinion.case.number not in client.get(f"/opinions/?q={guess}").content.decode()
    assert opinion.case.number in client.get("/opinions/?q=路灯").content.decode()


def test_of_what_was_withdrawn_the_number_is_found_and_nothing_else(office, client):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    client.force_login(office.clerk, "allauth.account.auth_backends.AuthenticationBackend")
    opinion = office.opinion(words="村口路灯坏了")
    telling.withdraw(opinion, at=NOON)
    assert "没有找到" in client.get("/desk/opinions/search/?q=路灯").content.decode()
    page = client.get(f"/desk/opinions/search/?q={opinion.case.number}").content.decode()
    assert "（已按规定销毁）" in page
    assert opinion.case.number in page


def test_a_clerk_narrows_what_is_found_and_finds_without_words(office, client):
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    client.force_login(office.clerk, "allauth.account.auth_backends.AuthenticationBackend")
    water = office.opinion(words="村口水管坏了", subject="water")
    lamps = office.opinion(words="村口路灯坏了", subject="roads", channel="letter")
    here = office.village.parent.code
    for asked, found in {
        "q=村口": [lamps, water],
        "q=村口&subject=water": [water],
        "q=村口&channel=letter": [lamps],
        f"township={here}": [lamps, water],
        "channel=letter&subject=water": [],
        "subject=nothing": [],
    }.items():
        page = client.get(f"/desk/opinions/search/?{asked}").content.decode()
        assert [one for one in (lamps, water) if one.case.number in page] == found, asked
