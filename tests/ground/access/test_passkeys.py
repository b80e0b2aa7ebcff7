"""What calls itself a passkey and cannot be read is refused in words, wherever passkeys are taken."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from lianxin.ground.access.actions import invite
from lianxin.ground.core.clock import now
from tests.ground.access.builders import PASSWORD, make_second_step, make_user

pytestmark = pytest.mark.django_db
EMPTY = {"clientDataJSON": "e30", "attestationObject": "", "authenticatorData": "AA", "signature": "AA"}
SENT = {
    "a number without end": "9" * 5000,
    "brackets without end": "[" * 100_000,
    "no object": "[7]",
    "an id that is a number": json.dumps({"id": 1, "rawId": 5, "response": {}, "type": "public-key"}),
    "signs that are no bytes": json.dumps({"id": "路", "rawId": "路", "response": EMPTY, "type": "public-key"}),
    "an answer that is cut off": json.dumps({"id": "AA", "rawId": "AA", "response": EMPTY, "type": "public-key"}),
    "words instead of extensions": json.dumps(
        {"id": "AA", "rawId": "AA", "response": EMPTY, "clientExtensionResults": "路", "type": "public-key"}
    ),
    "half a sign": '{"rawId": "\\ud800", "response": {}}',
}
TOLD = "通行密钥读不出来"


@pytest.fixture(params=SENT)
def credential(request):
    return SENT[request.param]


@pytest.fixture
def client():
    """A browser at an address where passkeys work."""
    return Client(headers={"host": "localhost"})


def test_it_signs_nobody_in(client, platform, credential):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
    assert TOLD in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_it_is_no_second_step(client, platform, credential):
    user = make_user()
    make_second_step(user)
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"credential": credential})
    assert (answer.status_code, TOLD in answer.content.decode()) == (422, True)
    assert "_auth_user_id" not in client.session


def test_it_opens_no_invitation(client, system, credential):
    _user, code = invite("新来的", "xinlai", by=system.pk, at=now())
    client.post(reverse("access:invitation"), {"code": code})
    answer = client.post(reverse("access:accept"), {"credential": credential, "name": "我的手机"})
    assert (answer.status_code, TOLD in answer.content.decode()) == (422, True)


def test_it_is_not_added(client, platform, credential):
    user = make_user()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "我的手机"})
    assert (answer.status_code, TOLD in answer.content.decode()) == (422, True)
    assert not user.authenticator_set.exists()


def test_it_confirms_nobody(client, platform, credential):
    user = make_user()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "办公室电脑"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": credential}, follow=True)
    assert TOLD in answer.content.decode()
    assert client.get(reverse("mfa_add_webauthn"))["Location"].startswith(reverse("account_reauthenticate"))
