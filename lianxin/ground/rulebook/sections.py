"""Which sections a preset has, and which words of a place it may name. Apps fill this in their apps.py."""

from django.utils.functional import Promise
from pydantic import BaseModel

_sections: dict[str, type[BaseModel]] = {}
_names: dict[str, str | Promise] = {}
_entries: dict[str, str] = {}


def register_section(name: str, rules: type[BaseModel], *, each: str = "") -> None:
    """The app's section `name`.yaml of every preset has this type; a name taken by another type raises ValueError.

    Where its things are long, `each` is how a file with one of them begins: `each-CODE.yaml` is what stands under
    CODE in the key `name` of the section.
    """
    if _sections.get(name, rules) is not rules:
        raise ValueError(f"The section {name} is declared twice.")
    _sections[name] = rules
    if each:
        _entries[each] = name


def register_name(code: str, default: str | Promise) -> None:
    """A word that places call differently; names.yaml may give the place's own. Twice with another word: ValueError."""
    if _names.get(code, default) is not default:
        raise ValueError(f"The name {code} is declared twice.")
    _names[code] = default


def all_sections() -> dict[str, type[BaseModel]]:
    """Every declared section by name."""
    return dict(sorted(_sections.items()))


def section_of_entry(written: str) -> tuple[str, str] | None:
    """The section and the code of a file with one thing of a section, by its name without the suffix; None for others."""
    each, dash, code = written.partition("-")
    return (_entries[each], code) if dash and code and each in _entries else None


def all_entries() -> dict[str, str]:
    """How files with one thing of a section begin, with the section."""
    return dict(sorted(_entries.items()))


def all_names() -> dict[str, str | Promise]:
    """Every declared word by code, with its usual Chinese."""
    return dict(sorted(_names.items()))
