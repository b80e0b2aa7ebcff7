"""docs/operations.md lists every setting, and no other."""

import re

from config.env import KNOWN, PREFIX
from tests.contracts.sources import ROOT

ROW = re.compile(rf"^\| `{PREFIX}([A-Z_]+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def rows():
    return ROW.findall((ROOT / "docs" / "operations.md").read_text())


def test_every_setting_is_listed_once():
    assert [name for name, _, _ in rows()] == list(KNOWN)


def test_every_setting_says_what_it_does_and_what_holds_without_it():
    assert [name for name, does, otherwise in rows() if len(does) < 10 or not otherwise.strip()] == []
