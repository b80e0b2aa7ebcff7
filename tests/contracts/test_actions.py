"""Every action that the product declares is asked by some page: a right that nothing asks would be a promise without a door."""

import ast
from pathlib import Path

from lianxin.ground.access.policy import all_actions
from tests.contracts.sources import ROOT

NAMED_IN = ("policy.py", "own.py", "doors.py")  # where actions are declared, and where navigation names them


def words_of(file: Path) -> set[str]:
    """Every word that the code of a file writes out."""
    tree = ast.parse(file.read_text())
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def asked() -> set[str]:
    """Every word that stands in code which does not only name actions."""
    files = (file for file in (ROOT / "lianxin").rglob("*.py") if file.name not in NAMED_IN)
    return {word for file in files for word in words_of(file)}


def test_every_action_is_asked_by_some_code():
    assert sorted(all_actions().keys() - asked()) == []


def test_an_action_that_nobody_asks_is_found():
    assert "people.paint_the_fence" not in asked()
