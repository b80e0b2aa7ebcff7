"""The schemas for editors say what the types say, and hold for every file of every preset."""

import copy
from pathlib import Path

import jsonschema
import pytest
import yaml

from lianxin.ground.rulebook.management.commands.rules_schema import written
from lianxin.ground.rulebook.schema import schemas
from tests.contracts.sources import ROOT

KEPT = ROOT / "docs" / "schemas"
FILES = sorted((ROOT / "presets").glob("*/*.yaml"))


class AsWritten(yaml.SafeLoader):
    """Days stay as they are written."""


AsWritten.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def mistakes(file: Path, tree: object) -> list[str]:
    name = "regulation" if file.stem.startswith("regulation-") else file.stem
    return [error.message for error in jsonschema.Draft202012Validator(schemas()[name]).iter_errors(tree)]


def test_the_schemas_beside_the_page_are_those_of_the_types():
    told = "Write them anew: ./bin/lianxin rules schema docs/schemas"
    assert {file.stem: file.read_text() for file in KEPT.glob("*.json")} == {
        name: written(schema) for name, schema in schemas().items()
    }, told


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_file_of_every_preset_is_as_its_schema_says(file: Path):
    assert mistakes(file, yaml.load(file.read_text(), AsWritten)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("jion",), "full"),
        (("join",), "whole"),
        (("whom", "kind"), "deputy"),
        (("items",), []),
        (("total",), "open"),
        (("appeal", "whom"), "办公室"),
        (("title",), 7),
    ],
    ids=str,
)
def test_what_the_types_refuse_an_editor_underlines(path: tuple[str, ...], value: object):
    file = ROOT / "presets" / "changchun" / "regulation-duty.yaml"
    tree = copy.deepcopy(yaml.load(file.read_text(), AsWritten))
    inner = tree
    for key in path[:-1]:
        inner = inner.setdefault(key, {})
    inner[path[-1]] = value
    assert mistakes(file, tree)


def test_what_is_needed_of_a_regulation_is_needed():
    assert any("'items'" in message for message in mistakes(Path("regulation-x.yaml"), {"title": "办法"}))
