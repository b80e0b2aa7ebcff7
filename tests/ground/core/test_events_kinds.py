"""Kinds of events are declared once, and in words that fit."""

from decimal import Decimal
from uuid import UUID

import pytest

from lianxin.ground.core.events import EventKind, UnknownKind, all_kinds, kind, register
from tests.ground.core.builders import VISITED

SAID = {"label": "说", "subject": "matter"}


def test_a_kind_is_found_by_its_code():
    assert kind("tests.visited") is VISITED
    assert all_kinds()["tests.visited"] is VISITED


def test_an_unknown_kind_names_the_nearest_one():
    with pytest.raises(UnknownKind, match="Nearest: tests.visited") as refusal:
        kind("tests.visitted")
    assert refusal.value.nearest == "tests.visited"


def test_a_code_is_declared_once():
    register(VISITED)
    with pytest.raises(ValueError, match="declared twice"):
        register(EventKind("tests.visited", sentence="{by}走访", **SAID))


@pytest.mark.parametrize(
    ("declared", "complaint"),
    [
        ({"code": "visited", "sentence": "走访"}, "write app.verb"),
        (
            {"code": "tests.said", "sentence": "{by}说了{deputi}", "parties": ("deputy",)},
            "tells deputi. Nearest: deputy",
        ),
        ({"code": "tests.said", "sentence": "说", "measures": {"length": "minutes"}}, "no unit. Nearest: minute"),
        (
            {"code": "tests.said", "sentence": "说", "facts": {"sum": Decimal}},
            "a fact is a bool, int, code, date or id",
        ),
        ({"code": "tests.said", "sentence": "{unit}说", "facts": {"unit": UUID}}, "would tell an id"),
        ({"code": "tests.said", "sentence": "说", "facts": {"why": str}, "texts": ("why",)}, "declares twice: why"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(declared, complaint):
    with pytest.raises(ValueError, match=complaint):
        EventKind(**declared, **SAID)
