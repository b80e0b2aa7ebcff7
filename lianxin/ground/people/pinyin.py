"""How a Chinese name is typed on a Latin keyboard."""

from pypinyin import Style, lazy_pinyin


def spell(name: str) -> tuple[str, str]:
    """The pinyin of a name without tones or spaces, and its initials, in lower case.

    >>> spell("桥边镇")
    ('qiaobianzhen', 'qbz')
    """
    syllables = lazy_pinyin(name, style=Style.NORMAL)
    plain = ["".join(c for c in s.lower() if c.isalnum()) for s in syllables]
    return "".join(plain), "".join(s[:1] for s in plain)
