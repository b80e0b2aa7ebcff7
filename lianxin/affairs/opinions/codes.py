"""查询码 The code by which an author, and nobody else, opens a matter: twelve digits, as on a bank card.

It is computed from the opinion's id and a key of the platform, and never stored: an opinion sent twice has one code, and
whoever reads the database finds none. The last digit is a check (ISO/IEC 7064, MOD 11,10), so that a slip of the finger
is told at once and costs no try.
"""

from uuid import UUID

from django.utils.crypto import salted_hmac

DIGITS = 12
GROUP = 4


def code_of(opinion_id: UUID, series: int = 0) -> str:
    """The code of an opinion: twelve digits. Another `series` gives another one, for who lost theirs."""
    mac = salted_hmac("lianxin.opinions.code", f"{opinion_id}/{series}", algorithm="sha256").digest()
    digits = f"{int.from_bytes(mac[:8], 'big') % 10 ** (DIGITS - 1):0{DIGITS - 1}}"
    return digits + check_digit(digits)


def mark_of(code: str) -> str:
    """What stands in the database for a code, and tells nothing of it."""
    return salted_hmac("lianxin.opinions.mark", code, algorithm="sha256").hexdigest()


def check_digit(digits: str) -> str:
    """The check digit of `digits` (ISO/IEC 7064, MOD 11,10).

    >>> check_digit("0794")
    '5'
    """
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)


def plain(typed: str) -> str:
    """The digits of what somebody typed, in whatever width and grouping; nothing else of it."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


def is_whole(code: str) -> bool:
    """Whether these are twelve digits whose check fits. It says nothing of whether such a matter exists."""
    return len(code) == DIGITS and check_digit(code[:-1]) == code[-1]


def grouped(code: str) -> str:
    """As it stands on paper: 4831 0927 5562."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
