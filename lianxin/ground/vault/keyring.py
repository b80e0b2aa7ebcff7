"""The master keys that are at hand, told apart by fingerprint. Which of them seals is a row of the database.

A key comes from LIANXIN_VAULT_KEY, former ones from LIANXIN_VAULT_KEY_OLD; or all of them lie in HOME/keys as files whose
names begin with vault_key. A process reads them anew when it meets a fingerprint it does not know, so that a rotation
needs no restart.
"""

from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from lianxin.ground.core import keys
from lianxin.ground.vault.errors import KeyDoesNotFit, NoVaultKey
from lianxin.ground.vault.models.master_key import MasterKey

_known: dict[str, bytes] = {}


def at_hand() -> dict[str, bytes]:
    """Every master key that can be read now, by fingerprint. Raises KeyUnusable."""
    given = [keys.decode(settings.VAULT_KEY, "LIANXIN_VAULT_KEY")] if settings.VAULT_KEY else []
    given += [keys.decode(text, "LIANXIN_VAULT_KEY_OLD") for text in settings.VAULT_KEY_OLD]
    kept = [keys.read(file) for file in sorted(Path(settings.KEYS).glob("vault_key*"))]
    return {keys.fingerprint(key): key for key in (*given, *kept) if key}


def key_of(master: MasterKey) -> bytes:
    """The master key of this row. Raises KeyDoesNotFit where it is not at hand."""
    if master.fingerprint not in _known:
        _known.clear()
        _known.update(at_hand())
    if master.fingerprint not in _known:
        raise KeyDoesNotFit(master.fingerprint, list(_known))
    return _known[master.fingerprint]


def forget() -> None:
    """Read the keys anew next time."""
    _known.clear()


def current() -> MasterKey:
    """The master key that seals now, held until the transaction ends, so that a rotation waits for it.

    The first time there is one to choose: the one given, or one that is made. Raises KeyDoesNotFit, NoVaultKey.
    """
    while (master := _held()) is None:
        adopt()
    key_of(master)
    return master


def _held() -> MasterKey | None:
    query = "SELECT id, fingerprint, is_current, added_at FROM vault_masterkey WHERE is_current"
    rows = MasterKey.objects.raw(query + (" FOR SHARE" if connection.vendor == "postgresql" else ""))
    return next(iter(rows), None)


def adopt() -> None:
    """Take the first master key into use, where there is none. Raises NoVaultKey, KeyUnusable."""
    if MasterKey.objects.exists():
        return  # a rotation has just put another one in its place
    key = keys.find("VAULT_KEY")
    if key is None:
        if connection.vendor != "sqlite":
            raise NoVaultKey(keys.place("VAULT_KEY"))  # machines that share a database must share the key
        key = keys.make(keys.place("VAULT_KEY"))
    try:
        with transaction.atomic():
            MasterKey.add(keys.fingerprint(key))
    except IntegrityError:
        pass  # another process was faster: its key counts


def make_first() -> Path | None:
    """Have a key in use before anything is kept: the one given, or a new one in HOME/keys, whose file is returned.

    On PostgreSQL the row shows any other machine that it needs this very key. Raises KeyDoesNotFit, KeyUnusable.
    """
    refuse_wrong_key()
    place = None
    if keys.find("VAULT_KEY") is None:
        place = keys.place("VAULT_KEY")
        keys.make(place)
    if _has_tables():
        adopt()
    return place


def refuse_wrong_key() -> None:
    """Raise KeyUnusable or KeyDoesNotFit where the keys at hand do not open what is kept. For the start of a process."""
    found = at_hand()
    if not _has_tables():
        return
    for master in MasterKey.objects.in_use():
        if master.fingerprint not in found:
            raise KeyDoesNotFit(master.fingerprint, list(found))


def _has_tables() -> bool:
    """No, before the first migration."""
    return MasterKey._meta.db_table in connection.introspection.table_names()
