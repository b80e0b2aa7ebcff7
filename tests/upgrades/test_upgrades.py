"""Every version that was released can be upgraded to this one."""

import re
from pathlib import Path

import pytest

from tests.contracts.sources import ROOT
from tests.upgrades.storing import COLUMNS, HELD, make, pack, stored, unpack

TODAY = "what the next release will store"


def released(changelog: str) -> set[str]:
    """The versions that have a section of their own."""
    return set(re.findall(r"^## v?(\d+\.\d+\.\d+)\b", changelog, re.MULTILINE))


def test_each_released_version_left_a_platform_behind():
    assert stored().keys() == released((ROOT / "CHANGELOG.md").read_text())


def test_a_release_is_known_by_its_section():
    told = "# Changelog\n\n## Unreleased\n\n## 1.10.0 (2027-03-01)\n\nSee 1.9.0.\n\n## v0.1.0\n"
    assert released(told) == {"1.10.0", "0.1.0"}


@pytest.mark.load
@pytest.mark.parametrize("version", [*stored(), TODAY])
def test_a_platform_of_that_version_comes_to_this_one(version: str, tmp_path: Path):
    file = stored().get(version, tmp_path / "today.tar.xz")
    new = make(tmp_path / "new")
    if version == TODAY:
        pack(new, file)
    platform = unpack(file, tmp_path / "home")

    platform.lianxin("upgrade")

    assert platform.python(COLUMNS) == new.python(COLUMNS)
    assert "记录完整" in platform.lianxin("verify")
    mandates, events = platform.python(HELD)
    assert mandates == 20
    assert events > mandates
