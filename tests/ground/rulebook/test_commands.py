"""`lianxin rules check` and `lianxin rules adopt`, as an office runs them."""

from datetime import date

import pytest
from django.core.management import call_command

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground import rulebook
from lianxin.ground.rulebook.errors import NoSuchPreset, NothingInForce, RulesRefused
from tests.ground.rulebook.builders import make_texts


@pytest.fixture
def folder(settings, tmp_path):
    """A locality's own folder of presets, with qinghe in it: two mistakes in two files."""
    settings.PRESETS = [tmp_path, *settings.PRESETS]
    (tmp_path / "qinghe").mkdir()
    for file, text in make_texts(names="names:\n  residnet: 选民\n", lists="lists: [\n").items():
        if file.startswith("qinghe/"):
            (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path / "qinghe"


def mend(folder):
    (folder / "lists.yaml").unlink()
    (folder / "names.yaml").write_text("names:\n  resident: 选民\n", encoding="utf-8")


def test_every_mistake_is_printed_and_the_command_leaves_with_1(folder, capsys):
    with pytest.raises(SystemExit) as left:
        call_command("rules_check", str(folder))
    told = capsys.readouterr().out
    assert left.value.code == 1
    assert "qinghe/lists.yaml 第2行：" in told
    assert "qinghe/names.yaml 第2行 names.residnet：" in told
    assert "最接近的是“resident”。" in told


def test_a_preset_that_holds_up_is_said_to_with_what_is_still_open(folder, capsys):
    mend(folder)
    call_command("rules_check", "qinghe")
    lines = capsys.readouterr().out.splitlines()
    assert "qinghe（青河县）没有错处。" in lines
    assert "由办公室填写的有1处：" in lines
    assert "  qinghe/preset.yaml:7 adopted_by" in lines


def test_without_a_name_every_preset_is_checked(folder, capsys):
    with pytest.raises(SystemExit):
        call_command("rules_check")
    told = capsys.readouterr().out
    assert "qinghe/lists.yaml" in told
    assert "dianjun（" in told


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(NoSuchPreset, match="最接近的是“dianjun”"):
        call_command("rules_check", "dianju")


@pytest.mark.django_db
def test_adopting_says_from_when_the_rules_hold(folder, capsys):
    mend(folder)
    call_command("rules_adopt", "qinghe")
    assert "规则预设qinghe从2026年1月1日起施行。" in capsys.readouterr().out
    assert rulebook.in_force(date(2026, 5, 1)).section(StationRules).kinds == {}


@pytest.mark.django_db
def test_what_does_not_hold_up_is_not_adopted(folder):
    with pytest.raises(RulesRefused, match="names.residnet"):
        call_command("rules_adopt", "qinghe")
    with pytest.raises(NothingInForce):
        rulebook.in_force(date(2026, 5, 1))
