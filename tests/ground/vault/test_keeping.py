import base64
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from lianxin.ground.core import keys
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import KeyUnusable
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.vault import actions, keyring
from lianxin.ground.vault.errors import AlreadyErased, KeyDoesNotFit, NothingTold, NotKept, NoVaultKey, SealBroken
from lianxin.ground.vault.models import Identity, MasterKey, Opening
from lianxin.ground.vault.particulars import STEP, Particulars
from tests.ground.vault.builders import COUNTY, TOLD, make_voice

pytestmark = pytest.mark.django_db
OTHER = base64.b64encode(b"another key of thirty-two bytes!").decode()


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_what_is_kept_comes_out_as_it_was_told(settings: Settings, cipher: str):
    settings.CIPHER = cipher
    identity = Identity.objects.get(voice_id=make_voice())
    settings.CIPHER = "aes-256-gcm"
    assert identity.cipher == cipher
    assert identity.unseal() == TOLD


def test_every_voice_has_a_key_of_its_own():
    one, other = (Identity.objects.get(voice_id=make_voice()) for _each in range(2))
    assert one.unwrap() != other.unwrap()
    assert bytes(one.sealed) != bytes(other.sealed)


def test_keeping_leaves_an_event_that_says_nothing_of_the_person():
    voice = make_voice()
    event = Event.objects.about("voice", voice).get()
    assert event.kind == "vault.kept"
    assert event.facts == {}
    assert not event.texts.exists()


def test_a_resident_may_correct_what_was_kept_and_the_old_key_goes():
    voice = make_voice()
    before = Identity.objects.get(voice_id=voice).unwrap()
    actions.keep(voice, Particulars(phone="13900000000"), by=None, at=now())
    identity = Identity.objects.get(voice_id=voice)
    assert identity.unseal() == Particulars(phone="13900000000")
    assert identity.unwrap() != before


def test_one_thing_more_is_kept_beside_the_rest_in_the_same_places():
    voice = make_voice(Particulars(name="甲", phone="1"))
    before = Identity.objects.get(voice_id=voice)
    actions.keep_too(voice, by=None, at=now(), body=new_id(), wechat="o6_follows")
    after = Identity.objects.get(voice_id=voice)
    assert after.unseal() == Particulars(name="甲", phone="1", wechat="o6_follows")
    assert (after.body_id, after.places) == (before.body_id, before.places)
    assert after.unwrap() != before.unwrap()
    assert not Opening.objects.exists()


def test_one_thing_of_who_told_nothing_before_is_all_that_is_kept():
    voice, body = new_id(), new_id()
    actions.keep_too(voice, by=None, at=now(), body=body, places=[COUNTY], wechat="o6_follows")
    identity = Identity.objects.get(voice_id=voice)
    assert identity.unseal() == Particulars(wechat="o6_follows")
    assert (identity.body_id, identity.places) == (body, [str(COUNTY)])


def test_nothing_more_is_kept_of_who_was_erased():
    voice = make_voice()
    actions.erase(voice, by=None, at=now(), cause="withdrawn")
    with pytest.raises(AlreadyErased):
        actions.keep_too(voice, by=None, at=now(), wechat="o6_follows")
    assert not Identity.objects.exists()


def test_nothing_is_kept_of_a_voice_that_told_nothing():
    with pytest.raises(NothingTold):
        make_voice(Particulars())
    with pytest.raises(NotKept):
        actions.identity_of(new_id())


def test_the_length_of_what_is_sealed_tells_little():
    sealed = {
        len(Identity.objects.get(voice_id=make_voice(Particulars(name=name))).sealed) for name in ("甲", "欧阳" * 10)
    }
    assert sealed == {12 + STEP + 16}


def test_particulars_show_themselves_nowhere():
    assert str(TOLD) == repr(TOLD) == "<Particulars: name, phone, address, wechat, email>"
    assert f"{Particulars(phone='1')}" == "<Particulars: phone>"


def test_a_row_that_was_moved_or_changed_does_not_open():
    one, other = (Identity.objects.get(voice_id=make_voice()) for _each in range(2))
    for stolen in (
        {"sealed": other.sealed},
        {"wrapped_key": other.wrapped_key},
        {"sealed": other.sealed, "wrapped_key": other.wrapped_key},
        {"cipher": "sm4-gcm"},
    ):
        Identity.objects.filter(pk=one.pk).update(**stolen)
        with pytest.raises(SealBroken, match="被改动过"):
            Identity.objects.get(pk=one.pk).unseal()
        Identity.objects.filter(pk=one.pk).update(sealed=one.sealed, wrapped_key=one.wrapped_key, cipher=one.cipher)
    assert Identity.objects.get(pk=one.pk).unseal() == TOLD


def test_a_key_that_does_not_fit_what_is_kept_is_refused_and_nothing_is_sealed_under_it(settings: Settings):
    voice = make_voice()
    settings.VAULT_KEY = OTHER
    keyring.forget()
    with pytest.raises(KeyDoesNotFit, match="对不上"):
        keyring.refuse_wrong_key()
    with pytest.raises(KeyDoesNotFit):
        Identity.objects.get(voice_id=voice).unseal()
    with pytest.raises(KeyDoesNotFit):
        make_voice()
    assert Identity.objects.count() == MasterKey.objects.count() == 1


def test_a_key_of_the_wrong_length_is_refused_at_the_start(settings: Settings):
    settings.VAULT_KEY = base64.b64encode(b"short").decode()
    with pytest.raises(KeyUnusable, match="LIANXIN_VAULT_KEY不能用.*5字节"):
        keyring.refuse_wrong_key()


def test_the_right_key_is_let_in(settings: Settings):
    keyring.refuse_wrong_key()
    voices = [make_voice()]
    keyring.refuse_wrong_key()
    settings.VAULT_KEY, settings.VAULT_KEY_OLD = OTHER, [settings.VAULT_KEY]
    keyring.forget()
    keyring.refuse_wrong_key()
    voices.append(make_voice())
    kept = [Identity.objects.get(voice_id=voice) for voice in voices]
    assert [identity.unseal() for identity in kept] == [TOLD, TOLD]
    assert MasterKey.objects.count() == 1, "The former key seals on until it is rotated."


def test_the_embedded_database_makes_its_own_key_and_a_server_does_not(settings: Settings):
    settings.VAULT_KEY = ""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        voice = make_voice()
        assert keys.place("VAULT_KEY").exists()
        assert Identity.objects.get(voice_id=voice).unseal() == TOLD
    else:
        with pytest.raises(NoVaultKey, match="lianxin vault key"):
            make_voice()
        assert not keys.place("VAULT_KEY").exists()


def test_a_lost_key_file_is_not_made_anew_over_what_is_kept(settings: Settings):
    settings.VAULT_KEY = ""
    keys.make(keys.place("VAULT_KEY"))
    make_voice()
    keys.place("VAULT_KEY").unlink()
    keyring.forget()
    with pytest.raises(KeyDoesNotFit):
        make_voice()
    assert not keys.place("VAULT_KEY").exists()


def test_many_voices_are_kept_as_one_is(django_assert_max_num_queries: Any):
    one, others = make_voice(), [new_id() for _ in range(40)]
    with django_assert_max_num_queries(8), transaction.atomic():
        actions.keep_all([(voice, TOLD, None, [COUNTY]) for voice in others], by=None, at=now())
    kept = Identity.objects.get(voice_id=others[0])
    assert kept.unseal() == TOLD
    assert kept.places == Identity.objects.get(voice_id=one).places
    assert Event.objects.filter(kind="vault.kept", subject_id__in=[one, *others]).count() == 41


def test_a_voice_of_nobody_is_not_kept_among_many():
    with pytest.raises(NothingTold), transaction.atomic():
        actions.keep_all([(new_id(), Particulars(), None, [COUNTY])], by=None, at=now())
