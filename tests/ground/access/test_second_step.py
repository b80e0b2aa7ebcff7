"""A code from the telephone after the password, and recovery codes where the telephone is away."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from lianxin.ground.access.adapters import MFAAdapter
from lianxin.ground.access.errors import SecretUnopenable
from lianxin.ground.access.models import Hit
from lianxin.ground.core.models import Event
from tests.ground.access.builders import PASSWORD, by_themselves
from tests.ground.access.entering import code_of, code_step, password_step, signed_in

pytestmark = pytest.mark.django_db


def test_the_second_step_is_set_up_with_the_first_code(client, user, django_capture_on_commit_callbacks):
    password_step(client, user)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    assert "data:image/svg+xml" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    assert Event.objects.get(kind="access.ways_changed", subject_id=user.pk).facts["way"] == "totp_added"


def test_the_password_alone_does_not_open_the_door(client, user, secret):
    assert password_step(client, user)["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(client)


def test_a_wrong_code_is_told_and_the_sixth_guess_waits_wherever_it_comes_from(client, user, secret):
    password_step(client, user)
    for number in range(5):
        answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"10.1.1.{number}")
        assert answer.status_code == 422
        assert "验证码不对" in answer.content.decode()
    answer = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}, REMOTE_ADDR="10.1.1.9")
    assert "次数太多了" in answer.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize(("seconds", "opens"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_code_still_opens_when_the_telephone_shows_the_next_already(client, user, secret, seconds, opens):
    with time_machine.travel(time.time() // 30 * 30 + 15, tick=False):  # amid what one code is shown for
        password_step(client, user)
        code_step(client, code_of(secret, seconds))
        assert signed_in(client) is opens


def test_a_code_opens_once_whichever_process_it_is_shown_to(client, user, secret):
    code = code_of(secret)
    for typed in (code, f"{code[:3]} {code[3:]}"):
        password_step(client, user)
        answer = code_step(client, typed)
        cache.clear()  # another process knows nothing of what this one remembers
        client.post("/accounts/logout/")
    assert answer.status_code == 422
    assert "已经用过了" in answer.content.decode()


def test_a_recovery_code_opens_the_door_once(client, user, secret):
    with by_themselves(user):
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
    password_step(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert signed_in(client)
    client.post("/accounts/logout/")
    password_step(client, user)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 422


def test_the_database_does_not_give_the_secret_away(user, secret):
    with by_themselves(user):
        RecoveryCodes.activate(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        rows = str(cursor.fetchall())
    assert secret not in rows
    assert all(Authenticator.objects.get(user=user, type=type).wrap() for type in ("totp", "recovery_codes"))


def test_a_secret_sealed_under_another_key_does_not_open(settings, user):
    with by_themselves(user):
        sealed = MFAAdapter().encrypt("JBSWY3DPEHPK3PXP")
        assert MFAAdapter().decrypt(sealed) == "JBSWY3DPEHPK3PXP"
        settings.SECRET_KEY = "another key"
        with pytest.raises(SecretUnopenable):
            MFAAdapter().decrypt(sealed)


def test_the_second_step_is_closed_after_proving_oneself(client, user, secret):
    password_step(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert "authenticate" in client.get("/accounts/2fa/totp/deactivate/")["Location"]
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=user).exists()


def test_guesses_are_counted_without_a_name(client, user, secret):
    password_step(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert all(len(hit.key) == 64 and user.username not in hit.key for hit in Hit.objects.all())
