"""JSON Schemas of the files of a preset, for editors that complete and underline. They are made from the types alone.

A schema knows keys, words to choose from and shapes; what only the whole preset shows, `lianxin rules check` tells.
"""

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from django.utils import translation
from pydantic import BaseModel, BeforeValidator

from lianxin.ground.rulebook.blocks import PLACEHOLDERS, Reads, ToBeFilled
from lianxin.ground.rulebook.loading import FIRST_PAGE
from lianxin.ground.rulebook.rules import FirstPage
from lianxin.ground.rulebook.sections import all_entries, all_sections
from lianxin.ground.rulebook.shapes import (
    Expects,
    choices_of,
    expectation,
    keys_of,
    metadata,
    model_of,
    parts_of,
    type_at,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = ["string", "number", "boolean"]
Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """The schema of every kind of file by the name with which such a file begins: preset, stations, regulation."""
    shapes: dict[str, Any] = {FIRST_PAGE: FirstPage} | dict(all_sections())
    for each, section in all_entries().items():
        shapes[each] = type_at(all_sections()[section], (section, ""))
    with translation.override("zh-hans"):
        return {name: _Page().schema(shape, is_whole=name in all_entries()) for name, shape in sorted(shapes.items())}


class _Page:
    """One schema while it is made: `models` are the groups of keys met so far, by name."""

    def __init__(self) -> None:
        self.models: dict[str, Schema] = {}

    def schema(self, shape: Any, *, is_whole: bool) -> Schema:
        """The schema of one kind of file; of a whole one every needed key stands in it, and not in the law's beside it."""
        self.is_whole = is_whole
        model = model_of(shape)
        assert model
        own = self._group(model)
        return {"$schema": DIALECT, **own, "$defs": dict(sorted(self.models.items()))}

    def _group(self, model: type[BaseModel]) -> Schema:
        labels: Mapping[str, Any] = getattr(model, "LABELS", {})
        keys = {
            key: {"title": str(labels[key]), **self.value(shape)} if key in labels else self.value(shape)
            for key, shape in keys_of(model).items()
        }
        needed = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
        required = {"required": needed} if needed and self.is_whole else {}
        return {"type": "object", "properties": keys, "additionalProperties": False, **required}

    def _named(self, model: type[BaseModel]) -> Schema:
        """A group of keys by its name; a short form may stand for it."""
        if model.__name__ not in self.models:
            self.models[model.__name__] = {}
            self.models[model.__name__] = self._group(model)
        return {"$ref": f"#/$defs/{model.__name__}"}

    def value(self, shape: Any) -> Schema:
        """What may be written for a value of this type."""
        allowed = list(self._allowed(shape))
        told = {"description": expectation(shape)} if any(isinstance(said, Expects) for said in metadata(shape)) else {}
        return told | (allowed[0] if len(allowed) == 1 else {"anyOf": allowed})

    def _allowed(self, shape: Any) -> Iterator[Schema]:
        is_read = any(isinstance(said, Reads) for said in metadata(shape))
        is_short = any(isinstance(said, BeforeValidator) for said in metadata(shape))
        if is_read or is_short:
            yield {"type": SCALAR}
        for part in parts_of(shape):
            if part is ToBeFilled:
                yield {"enum": list(PLACEHOLDERS)}
            elif get_origin(part) is Literal:
                yield {"enum": choices_of(part)}
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield self._named(part)
                if _has_short(part):
                    yield {"type": [*SCALAR, "array"]}
            elif not is_read:
                yield from self._simple(part, is_short=is_short)

    def _simple(self, part: Any, *, is_short: bool) -> Iterator[Schema]:
        origin = get_origin(part) or part
        if origin in (NoneType, Annotated, UnionType) or not isinstance(origin, type):
            return
        if issubclass(origin, Mapping):
            yield {"type": "object", "additionalProperties": self.value(get_args(part)[1])}
        elif issubclass(origin, tuple | list | frozenset):
            yield {"type": "array", "items": self.value(get_args(part)[0])}
        elif not is_short:
            kinds = ((bool, "boolean"), (int, "integer"), (str, "string"))
            yield {"type": next((word for kind, word in kinds if issubclass(origin, kind)), SCALAR)}


def _has_short(model: type[BaseModel]) -> bool:
    """Whether something shorter than a group of keys may be written for it."""
    return any(one.info.mode == "before" for one in model.__pydantic_decorators__.model_validators.values())
