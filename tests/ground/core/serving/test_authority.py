"""The authority signs for the local network alone, and its certificate is kept until it has to be renewed."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from lianxin.ground.core.serving import authority as module
from lianxin.ground.core.serving.authority import Authority

AT = datetime.now(UTC).replace(microsecond=0)
NAMES = ["192.168.7.5", "127.0.0.1", "office", "office.local"]


@pytest.fixture
def authority(tmp_path):
    made = Authority(tmp_path / "tls")
    made.ensure("office", AT)
    made.certify(NAMES, AT)
    return made


def served(authority):
    return x509.load_pem_x509_certificate((authority.folder / "server.pem").read_bytes())


def names(authority):
    found = served(authority).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(name.value) for name in found}


def refusal(authority, name):
    """What a client that trusts the authority says to the server under this name; nothing when it agrees."""
    client_side = ssl.create_default_context(cafile=authority.file)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(authority.folder / "server.pem", authority.folder / "server.key")
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_side.wrap_bio(back, there, server_hostname=name)
    server = server_side.wrap_bio(there, back, server_side=True)
    for _ in range(3):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_that_trusts_the_authority_trusts_the_server(authority, name):
    assert refusal(authority, name) == ""


def test_a_phone_refuses_the_server_under_another_name(authority):
    assert "mismatch" in refusal(authority, "192.168.7.6")


@pytest.mark.parametrize("name", ["bank.example", "8.8.8.8"])
def test_the_authority_cannot_pass_for_another_site(authority, name, monkeypatch):
    monkeypatch.setattr(Authority, "_may_speak_for", lambda self, general: True)  # as whoever stole its key would
    authority.certify([name], AT)
    assert names(authority) == {name}
    assert refusal(authority, name) == "permitted subtree violation"


def test_names_that_it_may_not_speak_for_are_left_out(authority):
    authority.certify([*NAMES, "8.8.8.8", "renamed"], AT)
    assert names(authority) == set(NAMES)


def test_no_certificate_lasts_longer_than_phones_allow(authority):
    assert served(authority).not_valid_after_utc - served(authority).not_valid_before_utc <= timedelta(days=398)


def test_the_same_names_keep_the_certificate(authority):
    assert not authority.certify(NAMES, AT + timedelta(days=300))


@pytest.mark.parametrize("days", [340, 500])
def test_a_certificate_near_or_past_its_end_is_renewed(authority, days):
    before = served(authority)
    assert authority.certify(NAMES, AT + timedelta(days=days))
    assert served(authority).not_valid_after_utc > before.not_valid_after_utc


def test_another_address_renews_the_certificate(authority):
    assert authority.certify(["10.0.0.9", *NAMES], AT)
    assert "10.0.0.9" in names(authority)


def test_another_authority_renews_the_certificate(authority):
    (authority.folder / "ca.pem").unlink()
    authority.ensure("office", AT)
    assert authority.certify(NAMES, AT)
    assert refusal(authority, "office.local") == ""


def test_the_authority_stays_the_same_for_nine_years(authority):
    before = authority.fingerprint
    authority.ensure("office", AT + timedelta(days=9 * 365 - 90))
    assert authority.fingerprint == before
    authority.ensure("office", AT + timedelta(days=10 * 365))
    assert authority.fingerprint != before


def test_keys_can_be_read_by_their_owner_alone(authority):
    modes = {file.name: file.stat().st_mode & 0o777 for file in authority.folder.iterdir()}
    assert modes == {"ca.key": 0o600, "ca.pem": 0o644, "server.key": 0o600, "server.pem": 0o644}


def test_the_fingerprint_is_written_as_phones_write_it(authority):
    assert len(authority.fingerprint.split()) == 32
    assert authority.fingerprint == authority.fingerprint.upper()


def test_every_private_network_is_one_it_may_speak_for():
    assert [ip for ip in ("10.1.1.1", "172.31.0.1", "192.168.0.1", "100.64.0.1") if not module.is_private(ip)] == []
    assert [ip for ip in ("8.8.8.8", "172.32.0.1", "192.169.0.1") if module.is_private(ip)] == []
