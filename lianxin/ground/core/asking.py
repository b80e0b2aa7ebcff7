"""What a page was asked in its address."""

from django.http import HttpRequest

LONGEST = 40


def words(request: HttpRequest, name: str = "q") -> str:
    """The words asked for, at most forty signs; without what no database can be asked (PostgreSQL refuses NUL)."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
