"""Two hands at the same moment: neither the separation nor the last office gives way."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from lianxin.ground.access.actions import NewGrant, end_grant, grant
from lianxin.ground.access.errors import AdministratorsApart, LastAdministrator
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from tests.ground.access.builders import make_administrator, make_platform, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def alone(act):
    """Do it on a connection of its own; answers what came of it, or the rule that said no."""
    try:
        return act()
    except RuleError as refused:
        return refused
    finally:
        connections.close_all()


def at_once(*acts):
    """Let all acts begin together."""
    start = Barrier(len(acts))

    def run(act):
        return alone(lambda: (start.wait(), act())[1])

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def together(tmp_path, monkeypatch):
    """`at_once` on a database that many connections share as a server's do: on SQLite, a file in place of memory."""
    make_platform()
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "platform.sqlite3") as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "platform.sqlite3"))
    return at_once


def test_three_offices_granted_at_once_become_one(together):
    person, by = together(make_user, make_user)
    answers = together(
        lambda: grant(person, NewGrant("system"), by=by.pk, at=now()),
        lambda: grant(person, NewGrant("audit"), by=by.pk, at=now()),
        lambda: grant(person, NewGrant("security"), by=by.pk, at=now()),
    )
    assert [type(one) for one in answers if isinstance(one, RuleError)] == [AdministratorsApart] * 2
    (count,) = together(lambda: Grant.objects.in_force(today()).filter(user=person).count())
    assert count == 1


def test_two_who_end_each_others_office_at_once_leave_one(together):
    first, second = (together(lambda: make_administrator("security"))[0] for _ in range(2))
    (grants,) = together(lambda: {grant.user_id: grant for grant in Grant.objects.select_related("user")})
    answers = together(
        lambda: end_grant(grants[first.pk], by=second.pk, at=now()),
        lambda: end_grant(grants[second.pk], by=first.pk, at=now()),
    )
    assert [type(one) for one in answers if one] == [LastAdministrator]
    (count,) = together(lambda: Grant.objects.in_force(today()).filter(role="security").count())
    assert count == 1
