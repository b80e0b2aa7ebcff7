"""What a section's types expect at a place of the file, in words: read off the types, so that it is said once."""

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel

from lianxin.ground.rulebook.problems import listed
from lianxin.ground.rulebook.reading import Path

LAW = "(_base)"  # the key under which the law's own rule lies beside a place's; nobody writes it


@dataclass(frozen=True)
class Expects:
    """Stands in the metadata of a type and says in words what an author writes there."""

    words: str | Promise


@dataclass(frozen=True)
class CodeOf:
    """Stands in the metadata of a text that names something of the preset: the code of a thing at `path` of a section."""

    section: str
    path: Path
    words: str | Promise


@dataclass(frozen=True, eq=False)
class NamedNear:
    """Stands in the metadata of a text that names something of the group around it: the code of a thing in its key `key`.

    `beside` are words that name something else there, with what they say.
    """

    key: str
    beside: Mapping[str, str | Promise] = field(default_factory=dict)


@dataclass(frozen=True)
class Tells:
    """Stands in the metadata of a type and says one of its values in words, for whoever reads the rules."""

    words: Callable[[Any], str | Promise]


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys an author may write in this model, with the type of each."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    return {key: _annotation(field) for key, field in fields.items() if key != LAW}


def type_at(shape: Any, path: Path) -> Any:
    """The type expected at `path` below `shape`; None where nothing is expected there."""
    for step in path:
        shape = _inner(shape, step)
        if shape is None:
            return None
    return shape


def model_of(shape: Any) -> type[BaseModel] | None:
    """The model among what `shape` allows, if one is."""
    return next((part for part in parts_of(shape) if _is_model(part)), None)


def choices_of(shape: Any) -> list[str]:
    """The words among which an author chooses, if `shape` is such a choice."""
    for part in parts_of(shape):
        if get_origin(part) is Literal:
            return [str(word) for word in get_args(part)]
        if isinstance(part, type) and issubclass(part, Enum):
            return [str(word.value) for word in part]
    return []


def allows(shape: Any, kind: type) -> bool:
    """Whether a value at this place may be of this plain kind."""
    return any(part is kind or get_origin(part) is kind for part in parts_of(shape))


def code_of(shape: Any) -> CodeOf | None:
    """What a text at this place is a code of, if it is one."""
    return next((said for said in metadata(shape) if isinstance(said, CodeOf)), None)


def near_of(shape: Any) -> NamedNear | None:
    """What a text at this place names of the group around it, if it does."""
    return next((said for said in metadata(shape) if isinstance(said, NamedNear)), None)


def told(shape: Any, value: Any) -> str | None:
    """One value in the words of its type; None where its type has none."""
    return next((str(said.words(value)) for said in metadata(shape) if isinstance(said, Tells)), None)


def expectation(shape: Any) -> str:
    """What is expected, in words for the author."""
    for said in metadata(shape):
        if isinstance(said, Expects | CodeOf):
            return str(said.words)
    if words := choices_of(shape):
        return _("%(words)s之一") % {"words": listed(words)}
    return next((simple for part in parts_of(shape) if (simple := _simple(part))), _("别的内容"))


def _simple(part: Any) -> str:
    if model := model_of(part):
        return _("一组键：%(keys)s") % {"keys": listed(keys_of(model))}
    origin = get_origin(part) or part
    if not isinstance(origin, type) or origin is types.NoneType:
        return ""
    kinds = (
        (Mapping, _("一组键")),
        ((tuple, list, frozenset, set), _("一列")),
        (bool, _("true 或 false")),
        (int, _("整数")),
        (str, _("文字")),
    )
    return next((words for kind, words in kinds if issubclass(origin, kind)), "")


def _annotation(field: Any) -> Any:
    """The type of a field together with its metadata, which pydantic takes apart."""
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def parts_of(shape: Any) -> Iterator[Any]:
    """`shape` itself and everything it wraps or allows: annotations, unions."""
    yield shape
    origin = get_origin(shape)
    if origin is Annotated:
        yield from parts_of(get_args(shape)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(shape):
            yield from parts_of(part)


def metadata(shape: Any) -> Iterator[Any]:
    """What the annotations of `shape` say, the outermost first and in each the last word first."""
    for part in parts_of(shape):
        if get_origin(part) is Annotated:
            yield from reversed(get_args(part)[1:])


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and not get_args(part) and issubclass(part, BaseModel)


def _inner(shape: Any, step: str | int) -> Any:
    for part in parts_of(shape):
        origin = get_origin(part)
        if isinstance(step, int) and origin in (tuple, list):
            return get_args(part)[0]
        if isinstance(step, str) and isinstance(origin, type) and issubclass(origin, Mapping):
            return get_args(part)[1]
        if isinstance(step, str) and _is_model(part):
            return keys_of(part).get(step)
    return None
