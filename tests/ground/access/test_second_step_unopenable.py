"""What is kept of the second step was changed below the platform: it opens nothing, and the person is told what to do."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from lianxin.ground.core.models import Event
from tests.ground.access.builders import PASSWORD, by_themselves, make_second_step, make_user
from tests.ground.access.entering import code_of, code_step, password_step, signed_in

pytestmark = pytest.mark.django_db

TOTP, CODES = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


def codes_of(user) -> list[str]:
    with by_themselves(user):
        return RecoveryCodes.activate(user).get_unused_codes()


def kept(user, type) -> dict:
    return Authenticator.objects.get(user=user, type=type).data


def put(user, type, **data) -> None:
    """Write into the database what the platform never would."""
    Authenticator.objects.filter(user=user, type=type).update(data=kept(user, type) | data)


def told(user) -> list[str]:
    events = Event.objects.filter(kind="access.second_step_unopenable", subject_id=user.pk)
    return [event.facts["way"] for event in events]


@pytest.fixture
def codes(user, secret):
    return codes_of(user)


@pytest.fixture
def other(platform):
    """Somebody who can write to the database, and has a second step of their own."""
    return make_user("向晚亭")


@pytest.mark.parametrize("type", [TOTP, CODES])
def test_what_was_moved_from_another_account_opens_nothing(client, user, secret, codes, other, type):
    own = {TOTP: code_of(make_second_step(other)), CODES: codes_of(other)[0]}
    put(user, type, **kept(other, type))
    password_step(client, user)
    answer = code_step(client, own[type])
    assert answer.status_code == 422
    assert "打不开" in answer.content.decode()
    assert "系统管理员" in answer.content.decode()
    assert not signed_in(client)
    assert told(user) == [type]


@pytest.mark.parametrize(
    ("type", "field", "source", "taken"), [(TOTP, "secret", CODES, "seed"), (CODES, "seed", TOTP, "secret")]
)
def test_what_was_moved_from_one_kind_to_the_other_opens_nothing(client, user, codes, type, field, source, taken):
    put(user, type, **{field: kept(user, source)[taken]})
    password_step(client, user)
    answer = code_step(client, "000000")
    assert answer.status_code == 422
    assert "打不开" in answer.content.decode()
    assert told(user) == [type]


def test_recovery_codes_made_of_the_secret_on_the_telephone_open_nothing(client, user, codes):
    put(user, CODES, seed=kept(user, TOTP)["secret"])
    password_step(client, user)
    code_step(client, codes_of(user)[0])
    assert not signed_in(client)


@pytest.mark.parametrize("sealed", ["", "plain", "none-such:AAAA", "aes-256-gcm:AAAA", "aes-256-gcm:not base64"])
def test_what_was_never_sealed_opens_nothing(client, user, secret, sealed):
    put(user, TOTP, secret=sealed)
    password_step(client, user)
    assert "打不开" in code_step(client, "000000").content.decode()
    assert not signed_in(client)


def test_a_recovery_code_still_opens_where_the_telephone_does_not(client, user, codes):
    put(user, TOTP, secret="gone")
    password_step(client, user)
    code_step(client, codes[0])
    assert signed_in(client)
    assert told(user) == [TOTP]


def test_the_telephone_still_opens_where_the_recovery_codes_do_not(client, user, secret, codes):
    put(user, CODES, seed="gone")
    password_step(client, user)
    code_step(client, code_of(secret))
    assert signed_in(client)


def test_recovery_codes_that_do_not_open_are_made_anew(client, user, secret, codes):
    put(user, CODES, seed="gone")
    password_step(client, user)
    code_step(client, code_of(secret))
    assert "做一批" in client.get("/accounts/").content.decode()
    for shown in ("/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/download/"):
        answer = client.get(shown)
        assert answer.status_code == 409
        assert "换一批" in answer.content.decode()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/recovery-codes/generate/").status_code == 200
    client.post("/accounts/2fa/recovery-codes/generate/")
    assert codes_of(user)[0] in client.get("/accounts/2fa/recovery-codes/").content.decode()


def test_proving_oneself_once_more_is_refused_in_the_same_words(client, user, secret):
    password_step(client, user)
    code_step(client, code_of(secret))
    put(user, TOTP, secret="gone")
    answer = client.post("/accounts/2fa/reauthenticate/", {"code": "000000"})
    assert answer.status_code == 422
    assert "打不开" in answer.content.decode()


def test_a_secret_that_does_not_open_lets_in_nobody_by_the_password_alone(client, user, secret):
    put(user, TOTP, secret="gone")
    assert password_step(client, user)["Location"] == "/accounts/2fa/authenticate/"
    client.get("/accounts/2fa/authenticate/")
    assert not signed_in(client)


def test_whom_the_administrator_opens_anew_comes_in_again(client, user, secret, system, as_user):
    put(user, TOTP, secret="gone")
    link = as_user(system).post(f"/desk/staff/{user.pk}/reinvite/")
    assert link.status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
