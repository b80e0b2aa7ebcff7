"""Versions of rules: adopted once, frozen with their text, in force from day to day."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground import rulebook
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.rulebook import loading
from lianxin.ground.rulebook.errors import AdoptedMeanwhile, NothingInForce, RulesRefused
from lianxin.ground.rulebook.loading import load
from lianxin.ground.rulebook.models import RulebookVersion
from lianxin.ground.rulebook.models import version as version_module
from tests.ground.rulebook.builders import FIRST_PAGE, make_texts

AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
KIND = "kinds: {point: {name: %s, form: point, level: village, article: 接待办法第3条}}\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(settings, tmp_path):
    """`write(in_force, point)`: the preset qinghe, in force on those days, whose points have that name."""
    settings.PRESETS = [tmp_path, *settings.PRESETS]

    def written(in_force: str, point: str = "联络点") -> None:
        page = FIRST_PAGE.replace("{from: 2026-01-01}", in_force)
        for file, text in make_texts(preset=page, stations=KIND % point).items():
            if file.startswith("qinghe/"):
                (tmp_path / file).parent.mkdir(exist_ok=True)
                (tmp_path / file).write_text(text, encoding="utf-8")

    return written


def adopt(**facts):
    return rulebook.adopt("qinghe", **{"body_id": None, "by": None, "at": AT, **facts})


def point_on(day: date, body_id=None) -> str:
    return rulebook.in_force(day, body_id).section(StationRules).kinds["point"].name


def refusal() -> tuple[int, str, str, str]:
    with pytest.raises(RulesRefused) as refused:
        adopt()
    (problem,) = refused.value.problems
    assert problem.file == "qinghe/preset.yaml"
    return problem.line, problem.key, problem.found, problem.expected


def read_nothing_from_memory() -> None:
    version_module._read.cache_clear()
    loading._made.cache_clear()


def test_what_is_adopted_is_in_force_from_its_day_on(write):
    write("{from: 2026-01-01}")
    adopt()
    assert point_on(date(2026, 1, 1)) == point_on(date(2036, 1, 1)) == "联络点"
    with pytest.raises(NothingInForce, match="2025年12月31日"):
        rulebook.in_force(date(2025, 12, 31))


def test_adopting_leaves_one_event_with_the_content_and_the_day(write):
    write("{from: 2026-01-01}")
    user = new_id()
    version = adopt(by=user)
    event = Event.objects.get(kind="rulebook.adopted")
    assert (event.subject_kind, event.subject_id, event.by_id, event.happened_at) == ("rulebook", version.id, user, AT)
    assert event.facts == {"preset": "qinghe", "content": version.content_hash, "in_force_from": "2026-01-01"}
    assert event.rule_version == version.content_hash == load("qinghe").version
    assert (version.loaded_at, version.loaded_by_id) == (AT, user)


def test_the_same_content_is_adopted_once(write):
    write("{from: 2026-01-01}")
    assert adopt() == adopt()
    assert RulebookVersion.objects.count() == Event.objects.count() == 1


def test_a_new_version_ends_the_running_one_the_day_before(write):
    write("{from: 2026-01-01}")
    old = adopt()
    write("{from: 2026-07-01}", "联系点")
    adopt()
    old.refresh_from_db()
    assert old.in_force_to == date(2026, 6, 30)
    assert (point_on(date(2026, 6, 30)), point_on(date(2026, 7, 1))) == ("联络点", "联系点")


def test_changed_content_of_a_running_version_needs_a_new_day(write):
    write("{from: 2026-01-01}")
    adopt()
    write("{from: 2026-01-01}", "联系点")
    line, key, found, expected = refusal()
    assert (line, key, found) == (6, "in_force.from", "“2026-01-01”")
    assert expected == "晚于2026-01-01的日子：已有从这一天起施行的版本，它不能改写；规则变了，要写新的施行日期"
    assert point_on(date(2026, 11, 21)) == "联络点"


def test_a_closed_version_is_never_rewritten(write):
    write("{from: 2026-01-01, to: 2026-06-30}")
    old = adopt()
    for days in ("{from: 2026-06-30}", "{from: 2025-01-01, to: 2026-01-01}", "{from: 2025-01-01}"):
        write(days, "联系点")
        assert refusal()[3] == "不与2026-01-01至2026-06-30重叠的日子：那时施行的版本已经定了，不能改写"
    old.refresh_from_db()
    assert (old.in_force_to, RulebookVersion.objects.count()) == (date(2026, 6, 30), 1)


def test_versions_that_touch_do_not_overlap(write):
    write("{from: 2026-01-01, to: 2026-06-30}")
    adopt()
    write("{from: 2026-07-01, to: 2026-12-31}", "联系点")
    adopt()
    write("{from: 2025-01-01, to: 2025-12-31}", "接待点")
    adopt()
    days = (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    assert [point_on(day) for day in days] == ["接待点", "联络点", "联系点"]
    with pytest.raises(NothingInForce):
        rulebook.in_force(date(2027, 1, 1))


def test_a_version_before_one_that_is_planned_has_to_end_before_it(write):
    write("{from: 2027-01-01}")
    adopt()
    write("{from: 2026-01-01}", "联系点")
    assert refusal()[3].startswith("晚于2027-01-01的日子")
    write("{from: 2026-01-01, to: 2026-12-31}", "联系点")
    adopt()
    assert (point_on(date(2026, 12, 31)), point_on(date(2027, 1, 1))) == ("联系点", "联络点")


def test_a_body_with_rules_of_its_own_goes_by_them_and_all_others_by_the_platforms(write):
    township = new_id()
    write("{from: 2026-01-01}")
    adopt()
    write("{from: 2026-07-01}", "联系点")
    adopt(body_id=township)
    assert point_on(date(2026, 7, 1), township) == "联系点"
    assert point_on(date(2026, 6, 30), township) == point_on(date(2026, 7, 1), new_id()) == "联络点"
    assert Event.objects.filter(body_id=township).count() == 1


def test_a_refused_preset_changes_nothing(write):
    write("{from: 2026-01-01}")
    old = adopt()
    write("{from: 2026-07-01, too: 2026-08-01}", "联系点")
    with pytest.raises(RulesRefused, match="in_force.too"):
        adopt()
    old.refresh_from_db()
    assert (old.in_force_to, Event.objects.count()) == (None, 1)


def test_a_stored_version_is_read_from_its_own_text_and_loads_equal(write):
    write("{from: 2026-01-01}")
    loaded, version = load("qinghe"), adopt()
    write("{from: 2026-07-01}", "联系点")
    read_nothing_from_memory()
    stored = RulebookVersion.objects.get(pk=version.pk).rules
    assert stored == loaded
    assert stored.sections == loaded.sections
    assert stored.version == version.content_hash


@pytest.mark.parametrize("name", ["changchun", "dianjun", "sanmen", "xunyang", "yanhe"])
def test_a_preset_of_the_product_loads_equal_from_its_stored_version(name):
    loaded = load(name)
    version = rulebook.adopt(name, body_id=None, by=None, at=AT)
    read_nothing_from_memory()
    assert RulebookVersion.objects.get(pk=version.pk).rules == loaded


def test_rules_are_asked_for_without_a_query_once_they_are_known(write, django_assert_num_queries):
    write("{from: 2026-01-01}")
    adopt()
    version_module._read.cache_clear()
    with django_assert_num_queries(2):
        rulebook.in_force(date(2026, 1, 1))
    with django_assert_num_queries(0):
        for day in range(1, 29):
            rulebook.in_force(date(2026, 2, day), new_id())


def test_a_version_adopted_by_another_process_is_seen_after_two_seconds(write, monkeypatch):
    write("{from: 2026-01-01}")
    adopt()
    assert point_on(date(2026, 1, 1)) == "联络点"
    RulebookVersion.objects.update(in_force_from=date(2026, 2, 1))
    assert point_on(date(2026, 1, 1)) == "联络点"
    read_at = RulebookVersion._known[0]
    monkeypatch.setattr(version_module.time, "monotonic", lambda: read_at + 2.01)
    with pytest.raises(NothingInForce):
        rulebook.in_force(date(2026, 1, 1))


def test_two_who_adopt_different_rules_for_one_day_are_told_not_mixed(write, monkeypatch):
    write("{from: 2026-01-01}")
    adopt()
    write("{from: 2026-01-01}", "联系点")
    monkeypatch.setattr(RulebookVersion, "_make_room", lambda *_: None)
    with pytest.raises(AdoptedMeanwhile):
        adopt()
    assert (RulebookVersion.objects.count(), Event.objects.count()) == (1, 1)


def test_the_database_itself_refuses_a_second_version_that_begins_on_a_day(write):
    write("{from: 2026-01-01}")
    version = adopt()
    twin = {field.name: getattr(version, field.name) for field in RulebookVersion._meta.fields} | {"id": new_id()}
    with pytest.raises(IntegrityError), transaction.atomic():
        RulebookVersion.objects.create(**twin)
