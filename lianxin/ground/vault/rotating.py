"""Wrapping every data key under a new master key. What is sealed under the data keys is not touched.

Killed at any moment, it goes on where it stopped: each row says under which key it is, and the new key is on the disk
before the first row.
"""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lianxin.ground.core import keys
from lianxin.ground.core.clock import now
from lianxin.ground.vault import erasing, keyring
from lianxin.ground.vault.errors import NothingKeptYet, NothingToRotate
from lianxin.ground.vault.models import MasterKey, Wrapped, wrapped_models

BATCH = 500
NEXT = "vault_key_next"


def rotate(say: Callable[[int], None] = lambda count: None) -> int:
    """Wrap everything under the next master key; how many rows it were. `say` hears the count after each batch.

    The next key is LIANXIN_VAULT_KEY where that is given and the former one is in LIANXIN_VAULT_KEY_OLD; else one is made
    in HOME/keys, and the former one stays there under another name. Raises NothingKeptYet, NothingToRotate, KeyDoesNotFit.
    """
    key = next_key()
    keyring.refuse_wrong_key()  # none may be missing
    with transaction.atomic():
        new = MasterKey.add(keys.fingerprint(key))
    count = 0
    for model in wrapped_models():
        while done := rewrap(model, new):
            count += done
            say(count)
    if count:
        erasing.leave_remains(now())  # data keys wrapped under the former one
    settle()
    return count


def next_key() -> bytes:
    """The key to come; of a rotation that was killed, the same one."""
    keyring.forget()
    if not MasterKey.objects.exists():
        raise NothingKeptYet
    if settings.VAULT_KEY:
        key = keys.decode(settings.VAULT_KEY, "LIANXIN_VAULT_KEY")
        if not MasterKey.objects.in_use().exclude(fingerprint=keys.fingerprint(key)).exists():
            raise NothingToRotate
        return key
    return keys.make(next_file())


def next_file() -> Path:
    """Where the key to come lies until everything is wrapped under it."""
    return keys.place("VAULT_KEY").with_name(NEXT)


def rewrap(model: type[Wrapped], new: MasterKey) -> int:
    """One batch of a table, in one transaction; how many rows it were."""
    with transaction.atomic():
        rows = list(
            model._default_manager.select_for_update(of=("self",))
            .select_related("master")
            .exclude(master=new)
            .order_by("pk")[:BATCH]
        )
        for row in rows:
            row.wrap(row.unwrap(), new)
        model._default_manager.bulk_update(rows, ["master", "wrapped_key"])
    return len(rows)


def settle() -> None:
    """Give the files of the keys their lasting names: the former key keeps its fingerprint in its name."""
    draft, place = next_file(), keys.place("VAULT_KEY")
    if settings.VAULT_KEY:
        return
    former = place.with_name(f"vault_key_old_{keys.fingerprint(keys.decode(place.read_text(), str(place)))[:8]}")
    if not former.exists():
        former.hardlink_to(place)
    draft.replace(place)
