"""What the regulations of all localities have alike."""

from pathlib import Path

import pytest
from django.conf import settings

from lianxin.account.duty.files import read
from lianxin.account.duty.rules import DutyRules
from lianxin.ground.rulebook.blocks import Called
from lianxin.ground.rulebook.loading import folders, load

FILES = sorted(settings.PRESETS[-1].glob("*/regulation-*.yaml"))


def test_every_locality_has_three_regulations_or_more():
    assert {name: len(load(name).section(DutyRules).regulations) >= 3 for name in folders()} == dict.fromkeys(
        folders(), True
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_regulation_of_a_locality_is_tried_by_itself_and_has_english_names(file: Path):
    rule = read(file).rule
    called: list[Called] = [
        one for things in (rule.records, rule.items, rule.leave, rule.consequences) for one in things.values()
    ]

    assert rule.english
    assert [one.name for one in called if not one.english] == []
