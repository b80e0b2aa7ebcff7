"""Tree and search are answered from indexes, however many places there are."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import QuerySet

from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.pinyin import spell
from tests.ground.people.builders import make_county

pytestmark = pytest.mark.django_db

VILLAGES_A_TOWNSHIP, TOWNSHIPS, COUNTIES = 40, 20, 10
FAMILIES, KINDS = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "桥湾坪坝岭沟塘庙店坊"


def tree() -> Iterator[Region]:
    """A province of ten counties with twenty townships each: 8,000 villages of 200 names."""

    def place(code: str, name: str, level: str, parent: Region | None) -> Region:
        pinyin, initials = spell(name)
        region = Region(code=code, name=name, level=level, parent=parent, pinyin=pinyin, initials=initials)
        region.path = f"{parent.path if parent else ''}{region.id.hex}/"
        return region

    yield (province := place("99", "南江省", Level.PROVINCE, None))
    yield (city := place("9901", "澄州市", Level.CITY, province))
    for i in range(COUNTIES):
        yield (county := place(f"9901{i:02}", f"{KINDS[i]}东县", Level.COUNTY, city))
        for j in range(TOWNSHIPS):
            yield (township := place(f"{county.code}{j:03}", f"{FAMILIES[j]}家镇", Level.TOWNSHIP, county))
            for k in range(VILLAGES_A_TOWNSHIP):
                name = f"{FAMILIES[(j + k) % len(FAMILIES)]}家{KINDS[(i + k) % len(KINDS)]}村"
                yield place(f"{township.code}{k:03}", name, Level.VILLAGE, township)


@pytest.fixture
def county() -> Region:
    Region.objects.bulk_create(list(tree()), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_region")  # the planner knows how much there is
    return Region.objects.get(code="990103")


def asked(county: Region) -> dict[str, tuple[QuerySet[Region], set[str]]]:
    """What pages ask, with some of the names that they find."""
    standing = Region.objects.standing()
    found = standing.order_by("code", "id")
    parts = county.parts.standing().with_parts_counted().order_by("code", "id")
    township = county.parts.get(name="王家镇")
    return {
        "the parts of a place": (parts[:201], {"李家镇", "罗家镇"}),
        "everything in a place": (standing.within(township), {"王家镇", "王家坝村"}),
        "its villages": (standing.within(township).filter(level=Level.VILLAGE), {"王家坝村"}),
        "a name": (found.named_like("李家坪")[:51], {"李家坪村"}),
        "pinyin": (found.named_like("lijiap")[:51], {"李家坪村"}),
        "initials": (found.named_like("ljp")[:51], {"李家坪村", "罗家坪村"}),
        "the middle of a name in a place": (found.named_like("家坝", around=township)[:51], {"王家坝村"}),
        "a code": (standing.filter(code=county.code), {"坝东县"}),
        "the beginning of a code": (standing.filter(code__begins="990103001"), {"王家镇"}),
    }


def scans(told: str) -> list[str]:
    """What the plan reads from one end to the other."""
    return re.findall(r"^.*(?:\bSCAN (?!CONSTANT)\S+|Seq Scan on \S+).*$", told, re.MULTILINE)


def test_tree_and_search_read_indexes_alone(county: Region) -> None:
    questions = asked(county)
    assert {what: names - {region.name for region in rows} for what, (rows, names) in questions.items()} == {
        what: set() for what in questions
    }
    plans = {what: rows.explain() for what, (rows, _names) in questions.items()}
    assert {what: plan for what, plan in plans.items() if scans(plan)} == {}
    assert scans(Region.objects.filter(name__contains="坪").explain()), "a scan would be seen"


def test_the_middle_of_a_name_is_looked_for_in_one_place_alone(county: Region) -> None:
    found = Region.objects.named_like("家坪", around=county)
    assert found
    assert all(county.id in region.path_ids for region in found)


@pytest.mark.parametrize("words", ["100%", "a_b", "\\", "桥%"])
def test_signs_of_the_database_are_letters_like_any_other(words: str) -> None:
    county = make_county()
    assert list(Region.objects.named_like(words, around=county)) == []


def test_begins_tells_capitals_apart_and_knows_every_letter(db: None) -> None:
    for number, name in enumerate(("Ab", "ab", "𠮷田", "吉田", "a\U0010fffeb")):
        Region.objects.create(code=str(number), name=name, level=Level.VILLAGE, path=f"{number}/")
    begins = lambda letters: list(Region.objects.filter(name__begins=letters).values_list("name", flat=True))  # noqa: E731
    assert begins("a") == ["ab", "a\U0010fffeb"]
    assert (begins("𠮷"), begins("Ab")) == (["𠮷田"], ["Ab"])
