"""Forms of access."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None where it is only looked at. An empty form that was sent is a form with mistakes."""
    return request.POST if request.method == "POST" else None
