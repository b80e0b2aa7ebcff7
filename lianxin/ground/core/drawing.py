"""Lines of a list are drawn once: the same facts look the same, whoever asks for them next."""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

KEPT = 1024  # lines, in each process: some twenty lists


def drawn(template: str, rows: Iterable[Hashable]) -> SafeString:
    """Every row by the template, which is given a `row` and nothing else.

    A row is a tuple of plain values: all that its line says, and nothing that may say something else tomorrow.
    """
    language = get_language() or ""
    return mark_safe("\n".join(_line(template, row, language) for row in rows))  # noqa: S308 - templates escape


@lru_cache(KEPT)
def _line(template: str, row: Hashable, language: str) -> str:
    return get_template(template).render({"row": row}).strip()
