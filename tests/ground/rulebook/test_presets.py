"""A loaded preset: typed, frozen, with everything that somebody should look at."""

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook.blocks import Block, Text
from lianxin.ground.rulebook.errors import NoSuchFolder, NoSuchPreset, NotInPreset, RulesRefused
from lianxin.ground.rulebook.loading import folders, load, load_texts
from lianxin.ground.rulebook.rules import ClockRules, NameRules
from lianxin.ground.rulebook.sections import register_name, register_section
from tests.ground.rulebook.builders import FIRST_PAGE, make_preset, make_texts

STATIONS = """\
kinds:
  point:
    name: 联络点
    form: point
    level: village
    article: 接待办法 由办公室填写
    fittings:
      - {key: sign, name: 标牌}
      - {key: third, name: 由办公室填写, is_needed: false}
receptions:
  monthly:
    at: [point]
    days: 每月5日，遇节假日顺延
    hours: 由办公室填写
    deputies: 2
    notice: 2天
    article: 接待办法第4条
    assumed: [moves, notice]
"""


@pytest.fixture
def preset_folder(settings, tmp_path):
    """A locality's own folder of presets, with qinghe in it."""
    settings.PRESETS = [tmp_path, *settings.PRESETS]
    for file, text in make_texts(stations=STATIONS).items():
        if file.startswith("qinghe/"):
            (tmp_path / file).parent.mkdir(exist_ok=True)
            (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_section_is_asked_for_by_its_type():
    rules = make_preset(stations=STATIONS).section(StationRules)
    assert {fitting.key: fitting.name for fitting in rules.kinds["point"].fittings}["sign"] == "标牌"
    assert list(rules.receptions_at("point")) == ["monthly"]
    assert list(rules.receptions_at("home")) == []
    assert (rules.name("point"), rules.name("gone")) == ("联络点", "gone")


def test_a_section_that_a_preset_does_not_write_is_there_and_empty():
    assert make_preset().section(ClockRules).clocks == {}


def test_a_type_that_no_app_registered_is_in_no_preset():
    class Unheard(BaseModel):
        pass

    with pytest.raises(NotInPreset, match="Unheard"):
        make_preset().section(Unheard)


def test_nothing_in_a_preset_changes():
    preset = make_preset(stations=STATIONS)
    with pytest.raises(ValidationError, match="frozen"):
        preset.section(StationRules).receptions["monthly"].deputies = 3
    with pytest.raises(TypeError, match="mappingproxy"):
        preset.section(StationRules).kinds["home"] = None
    with pytest.raises(TypeError, match="mappingproxy"):
        preset.section(NameRules).names["resident"] = "居民"
    with pytest.raises(TypeError, match="mappingproxy"):
        preset.texts["qinghe/names.yaml"] = ""


def test_what_is_to_be_filled_in_is_told_with_its_line():
    assert [str(spot) for spot in make_preset(stations=STATIONS).to_be_filled] == [
        "qinghe/preset.yaml:7 adopted_by",
        "qinghe/stations.yaml:6 kinds.point.article.number",
        "qinghe/stations.yaml:9 kinds.point.fittings[2].name",
        "qinghe/stations.yaml:14 receptions.monthly.hours",
    ]


def test_what_is_ours_is_told_with_its_line():
    page = FIRST_PAGE.replace("2026-01-01}", "2026-01-01, assumed: true}")
    assert [str(spot) for spot in make_preset(preset=page, stations=STATIONS).assumed] == [
        "qinghe/preset.yaml:6 in_force",
        "qinghe/stations.yaml:11 receptions.monthly.moves",
        "qinghe/stations.yaml:16 receptions.monthly.notice",
    ]


def test_things_are_called_what_the_place_calls_them_or_what_they_usually_are():
    preset = make_preset(names="names: {reception_day: 5号见}\n")
    assert preset.word("reception_day") == "5号见"
    assert preset.word("resident") == "群众"
    with pytest.raises(KeyError):
        preset.word("nothing")


def test_the_first_page_says_whose_rules_they_are_and_from_when():
    page = make_preset().first_page
    assert (page.name, page.division, page.level) == ("青河县", "990101", "county")
    assert (page.in_force.start, page.in_force.end) == (date(2026, 1, 1), None)
    assert page.papers["接待办法"].dated == date(2025, 12, 1)


def test_the_version_names_the_content_of_place_and_law_and_nothing_else():
    same = make_preset(stations=STATIONS)
    assert same.version == make_preset(stations=STATIONS).version
    assert len(same.version) == 64
    other_law = {"bodies": "kinds: {}\n"}
    assert len({same.version, make_preset().version, make_preset(law=other_law, stations=STATIONS).version}) == 3


def test_a_preset_is_loaded_by_name_and_by_folder(preset_folder):
    assert "qinghe" in folders()
    by_name, by_folder = load("qinghe"), load(str(preset_folder / "qinghe"))
    assert by_name.version == by_folder.version
    assert by_name.section(BodyRules).kinds["congress"].term_years.value == 5


def test_a_localitys_own_preset_goes_before_the_products(preset_folder):
    assert folders()["dianjun"].parent != preset_folder
    (preset_folder / "dianjun").mkdir()
    assert folders()["dianjun"].parent == preset_folder


def test_the_law_is_no_preset_and_comes_from_the_product_alone(preset_folder):
    (preset_folder / "_base").mkdir()
    (preset_folder / "_base" / "preset.yaml").write_text("name: [", encoding="utf-8")
    assert "_base" not in folders()
    assert load("qinghe").name == "qinghe"


def test_files_that_are_no_rules_are_left_alone(preset_folder):
    (preset_folder / "qinghe" / "README.md").write_text("我县的规则", encoding="utf-8")
    (preset_folder / "qinghe" / ".stations.yaml").write_text("[", encoding="utf-8")
    assert load("qinghe").name == "qinghe"


def test_an_unknown_preset_names_the_nearest_and_all_there_are():
    with pytest.raises(NoSuchPreset) as refused:
        load("dianjum")
    assert refused.value.nearest == "dianjun"
    assert "dianjun" in str(refused.value)


def test_a_missing_folder_of_presets_is_told_as_what_it_is(settings, tmp_path):
    settings.PRESETS = [tmp_path / "gone", *settings.PRESETS]
    with pytest.raises(NoSuchFolder, match="LIANXIN_PRESETS"):
        load("dianjun")


def test_a_gbk_file_is_told_with_the_mistakes_of_all_other_files(preset_folder):
    (preset_folder / "qinghe" / "names.yaml").write_bytes("names:\n  resident: 选民\n".encode("gbk"))
    (preset_folder / "qinghe" / "lists.yml").write_text("lists: {}\n", encoding="utf-8")
    with pytest.raises(RulesRefused) as refused:
        load("qinghe")
    assert [(problem.file, problem.line, problem.found) for problem in refused.value.problems] == [
        ("qinghe/lists.yml", 0, "“lists.yml”"),
        ("qinghe/names.yaml", 2, "GBK编码的文字"),
    ]


class CoffeeRules(Block):
    brand: Text


@pytest.fixture
def registries(monkeypatch):
    """Registries that are as they were when the test is over."""
    monkeypatch.setattr("lianxin.ground.rulebook.sections._sections", {})
    monkeypatch.setattr("lianxin.ground.rulebook.sections._names", {})


def test_an_app_brings_its_own_section(registries):
    register_section("coffee", CoffeeRules)
    register_section("coffee", CoffeeRules)
    texts = {file: text for file, text in make_texts(coffee="brand: 青河\n").items() if "roles" not in file}
    assert load_texts("qinghe", texts).section(CoffeeRules).brand == "青河"


def test_two_apps_cannot_have_one_section_nor_two_words_one_code(registries):
    register_section("coffee", CoffeeRules)
    with pytest.raises(ValueError, match="coffee is declared twice"):
        register_section("coffee", Block)
    register_name("cup", "杯子")
    with pytest.raises(ValueError, match="cup is declared twice"):
        register_name("cup", "水杯")
