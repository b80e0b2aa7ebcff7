"""A new platform begins with three links for three people."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lianxin.ground.access.actions import accept
from lianxin.ground.access.administrators import open_administrators
from lianxin.ground.access.errors import AdministratorsStand
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.core.clock import now
from lianxin.ground.core.serving import where
from tests.ground.access.builders import PASSWORD

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https://lx\.example/invitation/#([\w-]+)")


def printed(**options) -> list[str]:
    """The codes of the links that the command prints."""
    out = StringIO()
    call_command("administrators", address="https://lx.example/", stdout=out, **options)
    return LINK.findall(out.getvalue())


def come_in(code: str) -> User:
    return accept(Invitation.of_code(code, at=now()), password=PASSWORD, at=now())


def test_three_links_are_printed_for_three_people(platform):
    users = [come_in(code) for code in printed()]
    held = dict(Grant.objects.values_list("role", "user_id"))
    assert held == dict(zip(["system", "security", "audit"], [user.pk for user in users], strict=True))


def test_a_second_time_is_refused_with_the_names(platform):
    for code in printed():
        come_in(code)
    with pytest.raises(CommandError, match="已经有管理员：系统管理员、安全管理员、审计管理员"):
        printed()
    assert User.objects.count() == 3


def test_links_that_nobody_used_are_printed_anew_and_the_old_ones_end(platform):
    first = printed()
    come_in(first[0])
    second = printed()
    assert len(second) == 2
    assert not Invitation.objects.filter(code_hash=Invitation.hash_of(first[1])).exists()
    assert User.objects.count() == 3


def test_links_that_ran_out_are_no_dead_end(platform, travel):
    printed()
    travel(timedelta(days=30))
    assert len([come_in(code) for code in printed()]) == 3


def test_whoever_owns_the_server_opens_a_lost_account_anew(platform):
    for code in printed():
        come_in(code)
    (code,) = printed(reopen="System")
    assert not User.objects.get(username="system").has_usable_password()
    assert come_in(code).username == "system"
    with pytest.raises(CommandError, match="没有登录名是“niemand”的人"):
        printed(reopen="niemand")


def test_links_lead_to_where_the_platform_is_served(platform, settings, tmp_path):
    settings.HOME = tmp_path
    where.note(tmp_path, "https://192.168.7.5:8443/")
    out = StringIO()
    call_command("administrators", stdout=out)
    assert len(re.findall(r"^  https://192\.168\.7\.5:8443/invitation/#[\w-]+$", out.getvalue(), re.MULTILINE)) == 3


def test_the_names_of_the_offices_come_from_the_rules(platform):
    assert [opening.role for opening in open_administrators(at=now())] == ["系统管理员", "安全管理员", "审计管理员"]


def test_all_three_are_refused_once_they_stand(platform):
    for opening in open_administrators(at=now()):
        come_in(opening.code)
    with pytest.raises(AdministratorsStand):
        open_administrators(at=now())
