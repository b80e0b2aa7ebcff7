"""A first visit weighs less than 100 KB on a 2G line: every public page as it is sent, with what it asks for, compressed."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from lianxin.ground.core.static_files import IMPORT
from tests.contracts.cast import make_cast
from tests.contracts.test_doors import table

MOST_BYTES = 100 * 1000
ASKED = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="(/[^"]*)"|<use href="([^"#]*)')


def public_pages(cast):
    """Every page that anybody may read, by the name of its URL."""
    for (method, name), words in table().items():
        if method == "GET" and words[0] == "ok":
            yield name, reverse(name, kwargs=cast.things.get(name, {}))


def sent(address):
    """A static file as an office serves it: stylesheets in one file, everything compressed."""
    path = finders.find(address.removeprefix("/static/"))
    assert path, address
    return gzip.compress(_whole(path).encode())


def _whole(path):
    with open(path) as file:
        text = file.read()
    folder = path.rpartition("/")[0]
    return IMPORT.sub(lambda found: _whole(f"{folder}/{found['path']}"), text)


@pytest.mark.django_db
def test_no_first_visit_weighs_more_than_a_weak_line_carries():
    cast, browser, weights = make_cast(), Client(), {}
    for name, address in public_pages(cast):
        page = browser.get(address)
        body = page.content.decode() if page["Content-Type"].startswith("text/html") else ""
        asked = {one or other for one, other in ASKED.findall(body)}
        ours = {one for one in asked if one.startswith("/static/")}
        weights[name] = len(page.content) + sum(map(len, map(sent, ours)))  # the page itself goes out as it is
    assert len(weights) > 30
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}
    assert weights["publishing:home"] < MOST_BYTES / 2
