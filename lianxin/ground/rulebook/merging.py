"""Lays a place's rules over the law's: key by key, and never the law's article under a place's words."""

from typing import Any

from lianxin.ground.rulebook.reading import Path, Tree
from lianxin.ground.rulebook.shapes import LAW

OWN = ("article", "assumed", "stricter")  # what a rule says of itself
BOUNDS = ("less", "more", "fixed")


def lay_over(law: Tree, place: Tree) -> Tree:
    """What holds in the place: the law's keys, and the place's over them.

    A rule that the place changes loses the law's article: the place has to cite its own, or mark what is ours. Beside
    a rule that the law bounds lies the law's own, under the key LAW.
    """
    laid = Tree(None, {**law.marks, **place.marks})
    laid.data = _laid(law, place.data, (), laid)
    return laid


def _laid(law: Tree, place: Any, path: Path, laid: Tree) -> Any:
    base = _at(law.data, path)
    if not isinstance(base, dict) or not isinstance(place, dict):
        return place
    is_bounded = base.get("stricter") in BOUNDS
    keeps_article = not is_bounded and _changes_nothing_itself(base, place)
    merged = dict(base)
    if is_rule(base) and not keeps_article:
        for key in OWN:
            merged.pop(key, None)
            if key not in place:
                laid.marks.pop((*path, key), None)
    for key, value in place.items():
        merged[key] = _laid(law, value, (*path, key), laid) if key in base else value
    if is_bounded:
        merged[LAW] = base
        below = {where: mark for where, mark in law.marks.items() if where[: len(path)] == path}
        laid.marks |= {(*path, LAW, *where[len(path) :]): mark for where, mark in below.items()}
    return merged


def _changes_nothing_itself(base: dict[str, Any], place: dict[str, Any]) -> bool:
    """Whether the place changes only rules within this one, or only what it says is assumed."""
    changed = {key for key in place if key not in OWN and not is_rule(base.get(key))}
    assumed = place.get("assumed")
    return changed <= set(assumed if isinstance(assumed, tuple) else ())


def is_rule(data: Any) -> bool:
    """Whether these keys are a rule: something with an article."""
    return isinstance(data, dict) and "article" in data


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    return data
