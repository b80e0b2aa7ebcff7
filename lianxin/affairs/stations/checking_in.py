"""签到码 By which a deputy shows to be at the station: eight signs on a sheet there, good for one reception on its day.

It is computed from the shift, its day and a key of the platform, and never stored. Moved to another day it is another
one, so that a photo of an old sheet opens nothing.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from lianxin.affairs.stations.models import Shift

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another: no 0 and O, no 1 and I
LENGTH = 8


def code_of(shift: Shift) -> str:
    """The code of a reception on its day."""
    mac = salted_hmac("lianxin.stations.check_in", f"{shift.pk}/{shift.held_on}", algorithm="sha256").digest()
    return "".join(SIGNS[byte % len(SIGNS)] for byte in mac[:LENGTH])


def fits(shift: Shift, typed: str) -> bool:
    """Whether this is the code of the reception, in whatever case and grouping it was typed."""
    plain = "".join(sign for sign in typed.upper() if sign.isalnum())
    return constant_time_compare(code_of(shift).encode(), plain.encode())


def grouped(shift: Shift) -> str:
    """As it stands on the sheet: 7KQ2 M9XA."""
    code = code_of(shift)
    return f"{code[:4]} {code[4:]}"
