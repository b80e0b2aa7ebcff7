"""What a page was asked in its address."""

from collections.abc import Mapping

from django.http import HttpRequest

LONGEST = 40


def words(request: HttpRequest, name: str = "q") -> str:
    """The words asked for, at most forty signs; without what no database can be asked (PostgreSQL refuses NUL)."""
    return told(request.GET, name)


def told(query: Mapping[str, str], name: str) -> str:
    """The same of the query of an address."""
    return query.get(name, "").replace("\x00", "").strip()[:LONGEST]
