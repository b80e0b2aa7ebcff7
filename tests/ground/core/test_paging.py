"""Lists page by key: every row stands on just one page, in order, whatever the cursor."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianxin.ground.core.models import Event
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.people.models import Person
from tests.ground.core.builders import make_visit
from tests.ground.people.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Person]:
    made = [make_person(name) for name in ("罗青禾", "谭秋实", "向晚亭", "罗青禾", "艾麦穗", "罗青禾", "覃溪亭")]
    return sorted(made, key=lambda person: (person.pinyin, person.id))


def test_named_rows_page_as_the_models_do(people: list[Person]) -> None:
    rows = Person.objects.values_list("id", "name", "pinyin", named=True)
    first = page_by_key(rows, ("pinyin", "id"), {}, size=4)
    rest = page_by_key(rows, ("pinyin", "id"), {"after": first.older}, size=4)
    assert [(row.id, row.name) for row in (*first.rows, *rest.rows)] == [(one.id, one.name) for one in people]


@pytest.mark.parametrize("keys", [("pinyin", "id"), ("-pinyin", "-id")])
def test_walking_on_and_back_meets_every_row_once(people: list[Person], keys: tuple[str, str]) -> None:
    wanted = people if keys[0] == "pinyin" else people[::-1]
    pages = [page_by_key(Person.objects.all(), keys, {}, size=3)]
    while pages[-1].older:
        pages.append(page_by_key(Person.objects.all(), keys, {"after": pages[-1].older}, size=3))
    assert [row for page in pages for row in page.rows] == wanted

    back = [pages[-1]]
    while back[-1].newer:
        back.append(page_by_key(Person.objects.all(), keys, {"before": back[-1].newer}, size=3))
    assert [row for page in reversed(back) for row in page.rows] == wanted


def test_a_page_costs_one_query(people: list[Person], django_assert_num_queries) -> None:
    older = page_by_key(Person.objects.all(), ("pinyin", "id"), {}, size=3).older
    with django_assert_num_queries(1):
        page_by_key(Person.objects.all(), ("pinyin", "id"), {"after": older}, size=3)


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the rows are only read
def test_a_garbled_cursor_begins_at_the_beginning(people: list[Person], cursor: str) -> None:
    page = page_by_key(Person.objects.all(), ("pinyin", "id"), {"after": cursor}, size=3)
    assert page.rows == people[:3]


def test_a_cursor_of_another_list_begins_at_the_beginning(people: list[Person]) -> None:
    other = page_by_key(Person.objects.all(), ("-id",), {}, size=3).older
    page = page_by_key(Person.objects.all(), ("pinyin", "id"), {"after": other}, size=3)
    assert page.rows == people[:3]


def test_rows_a_microsecond_apart_stand_on_just_one_page_each() -> None:
    noon = datetime(2026, 11, 21, 4, 0, 0, 123_000, tzinfo=UTC)
    visits = [make_visit(at=noon + timedelta(microseconds=n)) for n in range(7)]
    met, cursor = [], ""
    while page := page_by_key(Event.objects.all(), ("-happened_at", "-id"), {"after": cursor}, size=2):
        met += page.rows
        if not (cursor := page.older):
            break
    assert met == visits[::-1]


def test_keys_that_rise_and_fall_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        page_by_key(Person.objects.all(), ("pinyin", "-id"), {})
