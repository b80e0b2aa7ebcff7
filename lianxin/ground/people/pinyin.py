"""How a Chinese name is typed on a Latin keyboard."""

LETTERS, INITIALS = 120, 40  # no column keeps more; people look for names by how they begin


def spell(name: str) -> tuple[str, str]:
    """The pinyin of a name without tones or spaces, and its initials, in lower case; of a very long name, the beginning.

    >>> spell("桥边镇")
    ('qiaobianzhen', 'qbz')
    """
    from pypinyin import Style, lazy_pinyin  # 56 MB of words, which a process that only reads never needs

    syllables = lazy_pinyin(name, style=Style.NORMAL)
    plain = ["".join(c for c in s.lower() if c.isalnum()) for s in syllables]
    return "".join(plain)[:LETTERS], "".join(s[:1] for s in plain)[:INITIALS]
