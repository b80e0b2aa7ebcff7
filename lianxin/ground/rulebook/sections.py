"""Which sections a preset has, and which words of a place it may name. Apps fill this in their apps.py."""

from django.utils.functional import Promise
from pydantic import BaseModel

_sections: dict[str, type[BaseModel]] = {}
_names: dict[str, str | Promise] = {}


def register_section(name: str, rules: type[BaseModel]) -> None:
    """The app's section `name`.yaml of every preset has this type; a name taken by another type raises ValueError."""
    if _sections.get(name, rules) is not rules:
        raise ValueError(f"The section {name} is declared twice.")
    _sections[name] = rules


def register_name(code: str, default: str | Promise) -> None:
    """A word that places call differently; names.yaml may give the place's own. Twice with another word: ValueError."""
    if _names.get(code, default) is not default:
        raise ValueError(f"The name {code} is declared twice.")
    _names[code] = default


def all_sections() -> dict[str, type[BaseModel]]:
    """Every declared section by name."""
    return dict(sorted(_sections.items()))


def all_names() -> dict[str, str | Promise]:
    """Every declared word by code, with its usual Chinese."""
    return dict(sorted(_names.items()))
