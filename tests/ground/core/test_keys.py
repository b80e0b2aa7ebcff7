import base64
import os
import stat

import pytest
from pytest_django import Settings

from config import settings as product
from lianxin.ground.core import ciphers, keys
from lianxin.ground.core.ciphers import CIPHERS, Cipher, Unopenable
from lianxin.ground.core.errors import KeyUnusable

KEY = bytes(range(32))


@pytest.fixture(params=CIPHERS)
def cipher(request: pytest.FixtureRequest) -> Cipher:
    return CIPHERS[request.param]


def test_every_cipher_the_settings_allow_is_there():
    assert product.env.choice("CIPHER", *CIPHERS) in CIPHERS
    with pytest.raises(ValueError, match="aes-256-gcm, sm4-gcm"):
        type(product.env)({"LIANXIN_CIPHER": "rot13"}).choice("CIPHER", *CIPHERS)


def test_what_was_sealed_opens_with_the_same_key_and_binding(cipher: Cipher):
    key = cipher.new_key()
    sealed = cipher.seal(key, "郑秋月".encode(), bound_to=b"voice")
    assert "郑秋月".encode() not in sealed
    assert cipher.open(key, sealed, bound_to=b"voice").decode() == "郑秋月"


def test_nothing_opens_with_another_key_another_binding_or_a_changed_byte(cipher: Cipher):
    key = cipher.new_key()
    sealed = cipher.seal(key, b"told", bound_to=b"voice")
    changed = [sealed[:i] + bytes([sealed[i] ^ 1]) + sealed[i + 1 :] for i in range(len(sealed))]
    wrong = [
        (cipher.new_key(), sealed, b"voice"),
        (key, sealed, b"other"),
        (key, sealed[:-1], b"voice"),
        (key, b"", b"voice"),
    ]
    for other_key, bytes_, bound_to in wrong + [(key, one, b"voice") for one in changed]:
        with pytest.raises(Unopenable):
            cipher.open(other_key, bytes_, bound_to=bound_to)


def test_aes_gives_what_the_standard_gives():
    key, nonce = bytes(32), bytes(12)  # NIST GCM test case 14
    sealed = CIPHERS["aes-256-gcm"].seal(key, bytes(16), bound_to=b"", nonce=nonce)
    assert sealed[12:].hex() == "cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"


def test_sm4_gives_what_the_standard_gives():
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")  # RFC 8998, A.1
    said = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    nonce = bytes.fromhex("00001234567800000000abcd")
    sealed = CIPHERS["sm4-gcm"].seal(key, plain, bound_to=said, nonce=nonce)
    assert sealed[12:-16].hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    assert sealed[-16:].hex() == "83de3541e4c2b58177e065a9bf7b62ec"


def test_a_key_is_read_as_operators_write_it():
    texts = [
        base64.b64encode(KEY).decode(),
        base64.urlsafe_b64encode(KEY).decode().rstrip("="),
        " " + base64.b64encode(KEY).decode() + "\n",
    ]
    assert {keys.decode(text, "here") for text in texts} == {KEY}


@pytest.mark.parametrize(
    ("text", "found"),
    [("", "0字节"), ("abcd", "3字节"), (base64.b64encode(KEY + b"1").decode(), "33字节"), ("钥匙", "不是base64")],
)
def test_a_key_of_the_wrong_length_is_refused_in_plain_words(text: str, found: str):
    with pytest.raises(KeyUnusable) as told:
        keys.decode(text, "LIANXIN_VAULT_KEY")
    assert "LIANXIN_VAULT_KEY" in str(told.value)
    assert found in str(told.value)
    assert text == "" or text not in str(told.value)  # a key that is nearly right must not stand in a log


def test_a_key_that_is_made_is_for_its_owner_alone_and_made_once(settings: Settings, tmp_path):
    settings.KEYS, settings.BACKUP_KEY = tmp_path / "keys", ""
    assert keys.find("BACKUP_KEY") is None
    key = keys.make(keys.place("BACKUP_KEY"))
    assert keys.make(keys.place("BACKUP_KEY")) == key == keys.find("BACKUP_KEY")
    assert stat.S_IMODE(keys.place("BACKUP_KEY").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert os.listdir(tmp_path / "keys") == ["backup_key"]


def test_a_key_that_is_given_comes_before_the_file(settings: Settings, tmp_path):
    settings.KEYS, settings.BACKUP_KEY = tmp_path, base64.b64encode(KEY).decode()
    keys.make(keys.place("BACKUP_KEY"))
    assert keys.find("BACKUP_KEY") == KEY


def test_a_fingerprint_tells_keys_apart_and_holds_nothing_of_them():
    assert keys.fingerprint(KEY) != keys.fingerprint(bytes(32))
    assert bytes.fromhex(keys.fingerprint(KEY)) not in (KEY[:16], KEY[16:])
    assert ciphers.in_use().name == "aes-256-gcm"
