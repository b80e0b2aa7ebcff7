"""`lianxin rules schema FOLDER`: write the JSON Schemas of the files of a preset, for editors."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from lianxin.ground.rulebook.schema import schemas


class Command(BaseCommand):
    """One file for each kind of file: FOLDER/stations.json is the schema of stations.yaml."""

    help = "写出规则文件的 JSON Schema，供编辑器用"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path)

    def handle(self, folder: Path, **options: Any) -> None:
        """Write them all."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in schemas().items():
            (folder / f"{name}.json").write_text(written(schema), encoding="utf-8")


def written(schema: dict[str, Any]) -> str:
    """The text of a schema."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
