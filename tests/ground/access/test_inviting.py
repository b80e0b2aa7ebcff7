"""Nobody makes an account alone: people are invited, and come in once by a code."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection

from lianxin.ground.access.actions import NewGrant, accept, invite, reinvite
from lianxin.ground.access.errors import (
    AdministratorsApart,
    HasLeft,
    InvitationSpent,
    NotToOneself,
    ReopenedAtTheServer,
    UsernameTaken,
    UsernameUnfit,
)
from lianxin.ground.access.models import Invitation, User
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import tell
from lianxin.ground.core.models import Event
from tests.ground.access.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def come_in(code, **ways):
    return accept(Invitation.of_code(code, at=now()), **ways or {"password": PASSWORD}, at=now())


def test_the_invited_come_in_by_the_code_and_sign_in_by_their_password(system):
    user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    assert not user.has_usable_password()
    come_in(code)
    assert User.objects.get(username="xinlai").check_password(PASSWORD)


def test_a_code_is_used_once(system):
    _user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    invitation = Invitation.of_code(code, at=now())
    come_in(code)
    with pytest.raises(InvitationSpent, match="不能用了"):
        accept(invitation, password="另一个人抢着设的", at=now())
    assert User.objects.get(username="xinlai").check_password(PASSWORD)


def test_a_code_runs_out_after_seven_days(system, travel):
    _user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    travel(timedelta(days=6, hours=23))
    assert Invitation.of_code(code, at=now())
    travel(timedelta(hours=2))
    with pytest.raises(InvitationSpent):
        Invitation.of_code(code, at=now())


def test_the_database_never_sees_the_code(system):
    _user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_invitation")
        rows = str(cursor.fetchall())
    assert code not in rows


def test_a_username_is_kept_as_it_can_be_typed_again(system):
    user, _code = invite(" 罗青禾 ", " Ｌuo.Ｑinghe７ ", by=system.pk, at=now())
    assert (user.name, user.username) == ("罗青禾", "luo.qinghe7")


def test_a_username_is_taken_once_whatever_its_capitals(system):
    invite("甲", "same", by=system.pk, at=now())
    with pytest.raises(UsernameTaken, match="已经有人用了"):
        invite("乙", "SAME", by=system.pk, at=now())
    assert User.objects.filter(name="乙").count() == 0


@pytest.mark.parametrize("username", ["", "a", "有 空格", "x" * 61, "a@b", "a/b"])
def test_a_username_that_is_hard_to_type_is_refused(system, username):
    with pytest.raises(UsernameUnfit):
        invite("甲", username, by=system.pk, at=now())


def test_a_refused_grant_leaves_no_half_made_user(system):
    with pytest.raises(AdministratorsApart):
        invite("贪心", "tanxin", [NewGrant("system"), NewGrant("audit")], by=system.pk, at=now())
    assert not User.objects.filter(username="tanxin").exists()


def test_inviting_and_coming_in_are_recorded(system):
    user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    come_in(code)
    told = [one.sentence for one in tell(Event.objects.about("user", user.pk).order_by("id"))]
    assert told == ["邬系统邀请新来的使用平台", "新来的用密码开通了登录"]


def test_opening_anew_closes_every_way_that_was_open(system):
    user = make_user("丢了手机的")
    Authenticator.objects.create(user=user, type="totp", data={})
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key="k" * 32, user_agent="x")
    old = Invitation.make(user, by=None, at=now())
    code = reinvite(user, by=system.pk, at=now())
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not UserSession.objects.filter(user=user).exists()
    with pytest.raises(InvitationSpent):
        Invitation.of_code(old, at=now())
    come_in(code, password="后来又设的新密码")


def test_nobody_opens_their_own_account_anew(system):
    with pytest.raises(NotToOneself):
        reinvite(system, by=system.pk, at=now())


def test_an_administrator_is_reopened_at_the_server_alone(system, audit):
    with pytest.raises(ReopenedAtTheServer, match="administrators --reopen"):
        reinvite(audit, by=system.pk, at=now())

    assert reinvite(audit, by=None, at=now())


def test_who_has_left_is_not_opened_anew(system):
    with pytest.raises(HasLeft):
        reinvite(make_user(is_active=False), by=system.pk, at=now())


def test_the_code_of_somebody_who_has_left_is_worth_nothing(system):
    user, code = invite("没来的", "meilai", by=system.pk, at=now())
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(InvitationSpent):
        Invitation.of_code(code, at=now())
