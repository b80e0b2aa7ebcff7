"""docs/glossary.md has a row for every model and every kind of event."""

import re

from django.apps import apps

from lianxin.ground.core import events
from tests.contracts.sources import ROOT

CODE = re.compile(r"`([^`]+)`")


def glossary():
    """Rows of both tables: term, 中文, identifier, article or system, not to be confused with."""
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in rows if row[2] != "identifier" and not set(row[0]) <= {"-"}]


def said():
    """What stands in 中文 for each identifier."""
    return {code: row[1] for row in glossary() for code in CODE.findall(row[2])}


def models():
    """What the product itself keeps, by identifier."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("lianxin."))
    return {model.__name__: str(model._meta.verbose_name) for model in ours}


def kinds():
    """Every kind of event, by identifier."""
    return {code: str(kind.label) for code, kind in events.all_kinds().items()}


def test_every_model_is_in_the_glossary():
    assert sorted(models().keys() - said().keys()) == []


def test_every_kind_of_event_is_in_the_glossary():
    assert sorted(kinds().keys() - said().keys()) == []


def test_the_glossary_names_nothing_that_does_not_exist():
    assert sorted(said().keys() - models().keys() - kinds().keys()) == []


def test_the_glossary_says_what_pages_say():
    words = models() | kinds()
    assert [
        f"{code}: {says}, pages say {words[code]}" for code, says in said().items() if says != words.get(code, says)
    ] == []


def test_nothing_stands_twice():
    codes = [code for row in glossary() for code in CODE.findall(row[2])]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_every_row_has_five_cells():
    assert [row for row in glossary() if len(row) != 5 or not all(row)] == []
