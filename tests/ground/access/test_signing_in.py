"""People sign in by name and password, and whoever tries too often waits."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lianxin.ground.access.actions import invite, reinvite, unlock
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from tests.ground.access.builders import PASSWORD, make_grant, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def try_in(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_whoever_knows_name_and_password_comes_to_their_own_door(client, clerk):
    answer = try_in(client, clerk.username)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert signed_in(client)


def test_whoever_may_enter_no_door_comes_to_their_account(client, platform):
    assert try_in(client, make_user().username)["Location"] == reverse("access:account")


def test_a_page_that_was_asked_for_is_opened_after_signing_in(client, clerk):
    asked = client.get("/desk/staff/")
    assert asked["Location"] == "/accounts/login/?next=/desk/staff/"
    answer = client.post(asked["Location"], {"login": clerk.username, "password": PASSWORD, "next": "/desk/staff/"})
    assert answer["Location"] == "/desk/staff/"


def test_nobody_is_sent_to_another_site_after_signing_in(client, clerk):
    answer = client.post(LOGIN, {"login": clerk.username, "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/"


@pytest.mark.parametrize("typed", ["USER", " user ", "ｕｓｅｒ"])
def test_a_username_is_known_however_it_is_typed(client, platform, typed):
    User.objects.create_user("user", "某人", PASSWORD, joined_at=now())
    try_in(client, typed)
    assert signed_in(client)


def test_a_wrong_password_comes_back_as_422_with_what_to_do(client, platform):
    answer = try_in(client, make_user().username, "不是这一个")
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.content.decode()


def test_an_unknown_name_and_a_wrong_password_are_told_alike(client, platform):
    known = try_in(client, make_user().username, "不是这一个").context["form"].errors
    unknown = try_in(client, "nobody-here", "不是这一个").context["form"].errors
    assert known == unknown


def test_the_fifth_wrong_password_locks_the_name_at_this_address(client, platform):
    user = make_user()
    for _ in range(4):
        assert try_in(client, user.username, "错的").status_code == 422
    locked = try_in(client, user.username, "错的")
    assert locked.status_code == 429
    assert "过15分钟" in locked.content.decode()
    assert 890 <= int(locked["Retry-After"]) <= 900
    assert try_in(client, user.username).status_code == 429
    assert not signed_in(client)


def test_the_lock_opens_after_a_quarter_of_an_hour_and_trying_meanwhile_does_not_prolong_it(client, platform):
    user, start = make_user(), timezone.now()
    for _ in range(5):
        try_in(client, user.username, "错的")
    with time_machine.travel(start + timedelta(minutes=14), tick=False):
        assert try_in(client, user.username).status_code == 429
    with time_machine.travel(start + timedelta(minutes=15, seconds=5), tick=False):
        try_in(client, user.username)
        assert signed_in(client)


def test_another_address_is_not_locked_with_it(client, platform):
    user = make_user()
    for _ in range(5):
        try_in(client, user.username, "错的", REMOTE_ADDR="10.0.0.5")
    assert try_in(client, user.username, REMOTE_ADDR="10.0.0.6").status_code == 302


def test_capitals_do_not_escape_the_lock(client, platform):
    user = make_user()
    for name in (user.username, user.username.upper(), user.username.title(), user.username, user.username.upper()):
        last = try_in(client, name, "错的")
    assert last.status_code == 429


def test_an_administrator_opens_the_lock(client, system):
    user = make_user()
    for _ in range(5):
        try_in(client, user.username, "错的")
    unlock(user, by=system.pk, at=now())
    try_in(client, user.username)
    assert signed_in(client)


def test_who_forges_the_address_is_locked_all_the_same(client, platform):
    user = make_user()
    for number in range(5):
        last = try_in(client, user.username, "错的", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}")
    assert last.status_code == 429


def test_behind_our_own_proxy_the_address_it_saw_counts(client, platform, settings):
    settings.BEHIND_PROXY = True
    user = make_user()
    for number in range(5):
        last = try_in(client, user.username, "错的", HTTP_X_FORWARDED_FOR=f"9.9.9.{number}, 10.0.0.7")
    assert last.status_code == 429
    assert try_in(client, user.username, HTTP_X_FORWARDED_FOR="10.0.0.8").status_code == 302


def test_who_has_left_does_not_come_in(client, platform):
    user = make_user(is_active=False)
    answer = try_in(client, user.username)
    assert not signed_in(client)
    assert "已经办了离任" in client.get(answer["Location"]).content.decode()


def test_signing_in_and_failing_stand_in_the_log(client, platform):
    user = make_user()
    try_in(client, user.username, "错的")
    try_in(client, user.username)
    assert AccessFailureLog.objects.get().username == user.username
    assert AccessLog.objects.get().username == user.username


def test_what_was_typed_as_password_is_kept_nowhere(client, platform):
    try_in(client, "somebody", "我不小心打在这里的秘密")
    kept = str(list(AccessAttempt.objects.values())) + str(list(AccessFailureLog.objects.values()))
    assert "秘密" not in kept


def test_signing_in_changes_the_session_key(client, platform):
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    try_in(client, make_user().username)
    assert client.session.session_key != before


def test_signing_out_takes_a_post(client, as_user, platform):
    as_user(make_user())
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert not signed_in(client)


def test_nobody_signs_up_alone(client, platform):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/accounts/signup/").status_code == 404


def test_a_forgotten_password_leads_to_the_administrator_where_no_mail_is_sent(client, platform):
    page = client.get("/accounts/password/reset/").content.decode()
    assert "请告诉本单位的系统管理员" in page
    assert client.post("/accounts/password/reset/", {"email": "a@b.cn"}).status_code == 405


def test_where_mail_is_sent_a_link_resets_the_password(client, platform, settings, mailoutbox):
    settings.SENDS_MAIL = True
    user = make_user(email="qinghe@example.cn")
    client.post("/accounts/password/reset/", {"email": "qinghe@example.cn"})
    text = mailoutbox[0].body
    assert "重设您的密码" in text
    link = next(line for line in text.splitlines() if line.startswith("http"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    target = form.request["PATH_INFO"]
    client.post(target, {"password1": "一句新的而且够长的话", "password2": "一句新的而且够长的话"})
    user.refresh_from_db()
    assert user.check_password("一句新的而且够长的话")


def reset_mail(client, email):
    client.post("/accounts/password/reset/", {"email": email})


def test_an_address_that_nobody_has_gets_no_mail(client, platform, settings, mailoutbox):
    settings.SENDS_MAIL = True
    reset_mail(client, "stranger@example.cn")
    assert mailoutbox == []


def test_mail_lets_nobody_in_before_the_invitation_was_taken(client, system, settings, mailoutbox):
    settings.SENDS_MAIL = True
    invite("新来的", "xinlai", email="xinlai@example.cn", by=system.pk, at=now())
    reset_mail(client, "xinlai@example.cn")
    assert mailoutbox == []


def test_mail_lets_nobody_in_whose_ways_in_were_closed_even_when_the_new_invitation_ran_out(
    client, system, settings, mailoutbox, travel
):
    settings.SENDS_MAIL = True
    user = make_user(email="qinghe@example.cn")
    reinvite(user, by=system.pk, at=now())
    travel(timedelta(days=8))
    reset_mail(client, "qinghe@example.cn")
    assert mailoutbox == []


def test_a_link_that_came_by_mail_is_void_once_the_ways_in_were_closed(client, system, settings, mailoutbox):
    settings.SENDS_MAIL = True
    user = make_user(email="qinghe@example.cn")
    reset_mail(client, "qinghe@example.cn")
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    reinvite(user, by=system.pk, at=now())
    assert "已经用过或过期" in client.get(link.removeprefix("http://testserver"), follow=True).content.decode()


def test_whoever_signs_in_by_a_passkey_alone_may_set_a_password_by_mail(client, platform, settings, mailoutbox):
    settings.SENDS_MAIL = True
    user = make_user(email="qinghe@example.cn", password=None)
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "办公室电脑"})
    reset_mail(client, "qinghe@example.cn")
    assert len(mailoutbox) == 1


def test_a_leader_and_a_deputy_come_to_their_doors(client, platform):
    for role, kind, door in (
        ("leader", "place", "/lead/"),
        ("deputy", "body", "/me/"),
        ("unit_clerk", "unit", "/unit/"),
    ):
        user = make_user()
        make_grant(user, role, kind, new_id())
        assert try_in(client, user.username)["Location"] == door
        client.logout()
