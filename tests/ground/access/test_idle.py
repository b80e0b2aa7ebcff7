"""A screen that nobody watches closes by itself."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.utils import timezone

from lianxin.ground.core.ids import new_id
from tests.ground.access.builders import PASSWORD, make_grant, make_user

pytestmark = pytest.mark.django_db


def sign_in(client, user):
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    client.get("/accounts/")


def after(minutes):
    return time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=False)


def test_half_an_hour_without_a_page_signs_out_with_a_word_and_back_to_the_page(client, clerk):
    sign_in(client, clerk)
    with after(31):
        answer = client.get("/desk/?q=罗")
        assert answer["Location"].startswith("/accounts/login/?next=/desk/")
        assert "您30分钟没有操作" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session


def test_whoever_works_stays(client, clerk):
    sign_in(client, clerk)
    for minutes in (20, 40, 60):
        with after(minutes):
            assert client.get("/desk/").status_code == 200


def test_the_operator_says_how_long(client, clerk, settings):
    settings.IDLE_MINUTES = 5
    sign_in(client, clerk)
    with after(6):
        assert client.get("/desk/").status_code == 302


def test_a_deputy_on_the_own_phone_stays(client, platform):
    deputy = make_user()
    make_grant(deputy, "deputy", "body", new_id())
    sign_in(client, deputy)
    with after(600):
        assert client.get("/me/").status_code == 200


def test_a_deputy_who_also_keeps_a_station_does_not_stay(client, platform):
    deputy = make_user()
    make_grant(deputy, "deputy", "body", new_id())
    make_grant(deputy, "station_keeper", "station", new_id())
    sign_in(client, deputy)
    with after(31):
        assert client.get("/me/").status_code == 302


def test_a_form_sent_too_late_is_not_carried_out(client, clerk):
    sign_in(client, clerk)
    UserSession.objects.create(user=clerk, ip="127.0.0.1", session_key="elsewhere", user_agent="x")
    with after(31):
        answer = client.post("/accounts/sessions/end/")
    assert answer["Location"] == "/accounts/login/?next="
    assert UserSession.objects.filter(session_key="elsewhere").exists()


def test_reading_pages_writes_the_moment_once_a_minute(client, clerk, django_assert_num_queries):
    sign_in(client, clerk)
    client.get("/accounts/logout/")
    with django_assert_num_queries(3):  # session, user, grants
        client.get("/accounts/logout/")
    with after(3):
        client.get("/accounts/logout/")
        session = UserSession.objects.get(user=clerk)
        assert timezone.now() - session.last_seen_at < timedelta(seconds=1)


def test_what_was_written_meanwhile_is_shown_with_a_way_back_to_its_page(client, clerk):
    sign_in(client, clerk)
    here = {"HTTP_REFERER": "http://testserver/desk/opinions/?view=late#row"}
    with after(31):
        answer = client.post("/desk/opinions/views/", {"name": "写了半个小时才写完的一段答复"}, **here)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "您30分钟没有操作" in page
    assert "写了半个小时才写完的一段答复" in page
    assert 'href="/accounts/login/?next=%2Fdesk%2Fopinions%2F%3Fview%3Dlate"' in page
    assert "_auth_user_id" not in client.session


def test_the_way_back_leads_to_no_other_site(client, clerk):
    answer = client.post(
        "/desk/opinions/views/", {"name": "写了半个小时才写完的一段答复"}, HTTP_REFERER="http://elsewhere.example/x"
    )
    assert 'href="/accounts/login/?next="' in answer.content.decode()
