"""docs/presets.md tells the truth: its example loads, its mistake is told as it says, and it names every key."""

import re

import pytest
from django.conf import settings

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook.loading import BASE, load_texts
from lianxin.ground.rulebook.rules import FirstPage
from lianxin.ground.rulebook.sections import all_names, all_sections
from lianxin.ground.rulebook.shapes import choices_of, keys_of
from tests.ground.rulebook.builders import refused

PAGE = (settings.ROOT / "docs" / "presets.md").read_text(encoding="utf-8")
CODES = set(re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)))


def example() -> dict[str, str]:
    """The files of the worked example, over the law of the product."""
    law = {f"{BASE}/{file.name}": file.read_text() for file in (settings.ROOT / "presets" / BASE).glob("*.yaml")}
    return law | dict(re.findall(r"`(qinghe/\w+\.yaml)`\n\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL))


def test_the_worked_example_loads():
    preset = load_texts("qinghe", example())
    reception = preset.section(StationRules).receptions["monthly"]
    assert (preset.word("reception_day"), reception.days.chinese()) == ("连心日", "每月15日，遇节假日顺延")
    assert preset.section(BodyRules).kinds["group"].least_members.value == 5
    assert [spot.key for spot in preset.to_be_filled] == ["receptions.monthly.hours"]


def test_the_mistake_is_told_as_the_page_says():
    texts = example()
    texts["qinghe/stations.yaml"] = texts["qinghe/stations.yaml"].replace("3个工作日", "3 dyas")
    (problem,) = refused(texts)
    assert str(problem) == re.search(r"```text\n(.*?)\n```", PAGE)[1]


def models_in(shape, seen):
    """Every model that a section is built of."""
    for key, inner in keys_of(shape).items():
        seen.setdefault(shape, set()).add(key)
        for part in parts(inner):
            if isinstance(part, type) and hasattr(part, "model_fields") and part not in seen:
                models_in(part, seen)
    return seen


def parts(shape):
    """The shape and everything its brackets hold."""
    yield shape
    for inner in getattr(shape, "__args__", ()):
        yield from parts(inner)


@pytest.mark.parametrize("section", ["preset", *all_sections()])
def test_the_page_names_every_key_and_every_choice(section):
    assert f"### {section}.yaml" in PAGE
    shapes = {"preset": FirstPage} | all_sections()
    for model, keys in models_in(shapes[section], {}).items():
        assert keys - CODES == set(), f"{model.__name__}: keys the page does not name"
        for inner in keys_of(model).values():
            assert set(choices_of(inner)) - CODES == set(), f"{model.__name__}: choices the page does not name"


def test_the_page_names_every_word_that_places_call_differently():
    assert set(all_names()) - CODES == set()
