"""Somebody at a browser who tells something: for tests of the form."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from lianxin.affairs.opinions.models import Opinion
from tests.affairs.opinions.builders import LAMPS


class Teller:
    """A browser at the form under `base`, with what an ordinary telling answers at each step."""

    def __init__(self, browser: Client, office: Any, base: str = "/tell/", **first: Any):
        self.browser, self.office, self.base = browser, office, base
        self.steps: dict[str, dict[str, Any]] = {
            "": {"region": office.village.pk, "spot": "三组路口"} | first,
            "what": {"words": LAMPS},
            "subject": {"subject": "roads"},
            "seen": {"visibility": "unnamed"},
            "send": {"agrees": "on"},
        }

    def get(self, step: str = "", **query: Any) -> HttpResponse:
        """Look at a step."""
        return self.browser.get(self._address(step), query)

    def post(self, step: str = "", **changed: Any) -> HttpResponse:
        """Answer a step as usual, but for what is changed."""
        return self.browser.post(self._address(step), self.steps.get(step, {}) | changed)

    def until(self, last: str, **changed: dict[str, Any]) -> HttpResponse:
        """Answer every step up to this one; each has to be taken."""
        for step in self.steps:
            response = self.post(step, **changed.get(step or "where", {}))
            assert response.status_code == 302, (step, text(response))
            if step == last:
                return response
        raise AssertionError(last)

    def tell(self, **changed: dict[str, Any]) -> Opinion:
        """The opinion, told through all the steps."""
        self.until("send", **changed)
        return Opinion.objects.with_case().latest("id")

    def _address(self, step: str) -> str:
        return f"{self.base}{step}{'/' if step else ''}"


def text(response: HttpResponse) -> str:
    """The page as it was answered."""
    return response.content.decode()
