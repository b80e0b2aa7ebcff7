"""Holds a section against its types, and tells every mistake in the author's words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from lianxin.ground.rulebook.problems import Problem, listed, nearest, quoted
from lianxin.ground.rulebook.reading import Path, Tree, key_path, with_colon_hint
from lianxin.ground.rulebook.shapes import CodeOf, choices_of, code_of, expectation, keys_of, model_of, type_at

Rules = TypeVar("Rules", bound=BaseModel)


@dataclass(frozen=True)
class Wrong:
    """A mistake in a group of keys, `at` a path below it."""

    at: Path
    expected: str
    found: str = ""
    nearest: str = ""


def refuse(expected: str, *, found: str = "", nearest: str = "") -> PydanticCustomError:
    """What a validator of one value raises: what was expected, what is nearest, and what was found, if not the value."""
    return PydanticCustomError("rule", "refused", {"expected": expected, "found": found, "nearest": nearest})


def all_at_once(title: str, data: Any, seen: ValidationError | None, wrong: Iterable[Wrong]) -> ValidationError | None:
    """One error of what pydantic has `seen` in a group of keys and of what else is `wrong` there; None if nothing is."""
    lines = [_again(details) for details in (seen.errors(include_url=False) if seen else ())]
    for mistake in wrong:
        kind = refuse(mistake.expected, found=mistake.found, nearest=mistake.nearest)
        lines.append(InitErrorDetails(type=kind, loc=mistake.at, input=_value_at(data, mistake.at)))
    return ValidationError.from_exception_data(title, lines) if lines else None


def _again(details: ErrorDetails) -> InitErrorDetails:
    kind: str | PydanticCustomError = details["type"]
    if kind == "rule":
        kind = PydanticCustomError("rule", "refused", details["ctx"])
    return InitErrorDetails(type=kind, loc=details["loc"], input=details["input"], ctx=details.get("ctx", {}))


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return None
    return data


def check(rules: type[Rules], tree: Tree, context: Mapping[str, Any]) -> tuple[Rules | None, list[Problem]]:
    """The section as frozen values, or every mistake in it. `context` is what its validators may look up."""
    try:
        return rules.model_validate(tree.data, context=dict(context)), []
    except ValidationError as error:
        seen = [details for details in error.errors(include_url=False) if not _only_follows(details)]
        return None, [_problem(rules, tree, details) for details in seen]


def _only_follows(details: ErrorDetails) -> bool:
    """Whether a list is called too short only because some of its items are wrong, which are told themselves."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def unknown_codes(rules: type[BaseModel], tree: Tree, codes: Callable[[CodeOf], Iterable[str] | None]) -> list[Problem]:
    """Every code in the section that nothing has. `codes` gives those there are, or None where that cannot be told."""
    problems = []
    for path, code, kind in _codes(rules, tree.data, ()):
        known = codes(kind)
        if known is not None and code not in known:
            near = nearest(code, known)
            problems.append(problem_at(tree, path, found=quoted(code), expected=str(kind.words), nearest=near))
    return problems


def _codes(shape: Any, data: Any, path: Path) -> Iterator[tuple[Path, str, CodeOf]]:
    """Every code that the data names, with its path and what it is a code of."""
    steps: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, Mapping):
        steps = data.items()
    elif isinstance(data, tuple):
        steps = enumerate(data)
    elif isinstance(data, str) and (kind := code_of(shape)):
        yield path, data, kind
    for step, value in steps:
        inner = type_at(shape, (step,))
        if inner is not None:
            yield from _codes(inner, value, (*path, step))


def problem_at(tree: Tree, path: Path, *, found: str, expected: str, nearest: str = "") -> Problem:
    """A mistake at `path`, with its file and line."""
    mark = tree.mark(path)
    return Problem(mark.file, mark.line, key_path(path), found, expected, nearest)


def _problem(rules: type[BaseModel], tree: Tree, details: ErrorDetails) -> Problem:
    path = tuple(step for step in details["loc"] if step != "[key]")
    tell = _TOLD.get(details["type"], _wrong)
    return tell(rules, tree, path, details)


def _unknown_key(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    model = model_of(type_at(rules, path[:-1]))
    known = keys_of(model) if model else {}
    key = str(path[-1])
    expected = with_colon_hint(_("%(words)s之一") % {"words": listed(known)}, key)
    return problem_at(tree, path, found=quoted(key), expected=expected, nearest=nearest(key.partition("：")[0], known))


def _missing(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    return problem_at(tree, path, found=quoted(None), expected=expectation(type_at(rules, path)))


def _refused(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    told = details.get("ctx", {})
    return problem_at(
        tree,
        path,
        found=told["found"] or quoted(details["input"]),
        expected=told["expected"],
        nearest=told["nearest"],
    )


def _said(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    """A validator's own ValueError says what it expected."""
    return problem_at(tree, path, found=quoted(details["input"]), expected=str(details["ctx"]["error"]))


def _limit(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    limits = {
        "greater_than_equal": ("ge", _("不小于%(limit)s的数")),
        "less_than_equal": ("le", _("不大于%(limit)s的数")),
        "too_short": ("min_length", _("至少%(limit)s项")),
        "string_too_long": ("max_length", _("至多%(limit)s个字")),
        "string_too_short": ("min_length", _("至少%(limit)s个字")),
    }
    name, words = limits[details["type"]]
    found = quoted(details["input"])
    return problem_at(tree, path, found=found, expected=words % {"limit": details["ctx"][name]})


def _wrong(rules: type[BaseModel], tree: Tree, path: Path, details: ErrorDetails) -> Problem:
    """A value of the wrong kind, or a word that is none of those to choose from."""
    shape = type_at(rules, path)
    found = details["input"]
    expected = expectation(shape) if shape is not None else details["msg"]
    near = nearest(found, choices_of(shape)) if isinstance(found, str) else ""
    return problem_at(tree, path, found=quoted(found), expected=with_colon_hint(expected, found), nearest=near)


_TOLD: dict[str, Callable[[type[BaseModel], Tree, Path, ErrorDetails], Problem]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "rule": _refused,
    "value_error": _said,
    "greater_than_equal": _limit,
    "less_than_equal": _limit,
    "too_short": _limit,
    "string_too_long": _limit,
    "string_too_short": _limit,
}
