import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from lianxin.lib.text import Term, as_fts5, as_tsquery, holds, normalised, query, tokens

HAN = st.sampled_from("路灯坏了小学门口马〇一二㐀龥")
RARE = st.sampled_from("\U00020bb7\U0002b820\U00030000\u9fff\u9fd0")
LATIN = st.sampled_from("abgxABG019５Ａé")
OTHER = st.sampled_from("，。 \n·-_'\"*()^:😀👍ئ་བོ\u0f0b가かᠮ\u200b¥×")
TEXTS = st.lists(st.text(HAN | RARE | LATIN | OTHER, max_size=30), min_size=1, max_size=8)


def index(texts: list[str]) -> sqlite3.Connection:
    table = sqlite3.connect(":memory:")
    table.execute("create virtual table stored using fts5(body, tokenize='unicode61')")
    table.executemany("insert into stored values (?)", [(" ".join(tokens(text)),) for text in texts])
    return table


def candidates(table: sqlite3.Connection, words: str, count: int) -> set[int]:
    if not (match := as_fts5(query(words))):
        return set(range(count))
    return {row - 1 for (row,) in table.execute("select rowid from stored where stored match ?", (match,))}


def found(texts: list[str], words: str) -> set[int]:
    with closing(index(texts)) as table:
        return {place for place in candidates(table, words, len(texts)) if holds(texts[place], words)}


def pieces(text: str, longest: int) -> Iterator[str]:
    """Every substring that does not begin inside a Latin word or a number."""
    for start in range(len(text)):
        inside = start and text[start - 1 : start + 1].isascii() and text[start - 1 : start + 1].isalnum()
        if not (inside or "é" in text[start - 1 : start + 1]):
            yield from (text[start : start + length] for length in range(1, longest + 1))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("路灯坏了", ["路灯", "灯坏", "坏了", "了"]),
        ("路", ["路"]),
        ("路，灯", ["路", "灯"]),
        ("马路3号WiFi坏", ["马路", "路", "3", "号", "wifi", "坏"]),
        ("Ｇ50公路", ["g", "50", "公路", "路"]),
        ("2026-11-22", ["2026", "11", "22"]),
        ("电话13800138000", ["电话", "话", "13800138000"]),
        ("二〇年", ["二x003007", "x003007年", "年"]),
        ("\U00020bb7路", ["x020bb7路", "路"]),
        ("路\u200b灯", ["路灯", "灯"]),
        ("😀👍！_ ", []),
        ("", []),
    ],
)
def test_a_text_is_stored_as_pairs_words_and_numbers(text, stored):
    assert tokens(text) == stored


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("路", [[Term("路", is_prefix=True)]]),
        ("路灯", [[Term("路灯")]]),
        ("路灯坏", [[Term("路灯"), Term("灯坏")]]),
        ("路灯　小学", [[Term("路灯")], [Term("小学")]]),
        ("Wi", [[Term("wi", is_prefix=True)]]),
        ("3号", [[Term("3"), Term("号", is_prefix=True)]]),
        ("G50", [[Term("g"), Term("50", is_prefix=True)]]),
        ("哈哈哈哈", [[Term("哈哈")]]),
        ("！", [[]]),
        (" ", []),
    ],
)
def test_a_query_names_what_must_be_there(words, asked):
    assert query(words) == asked


@given(TEXTS)
@example(["路\u0f39灯", "ﷺ路", "ŉ路", "\U0002b820\U0002b820", "é路é", "x003007"])
def test_fts5_keeps_every_token_as_it_is(texts):
    with closing(index(texts)) as table:
        table.execute("create virtual table seen using fts5vocab(stored, instance)")
        kept = [(row - 1, term) for row, term in table.execute("select doc, term from seen order by doc, offset")]
    plain = [(row, token.replace("é", "e")) for row, text in enumerate(texts) for token in tokens(text)]
    assert kept == plain


@given(TEXTS)
def test_whatever_contains_the_words_is_found(texts):
    """Recall is whole: the index and a plain scan find the same, for every piece of every text."""
    plain = [normalised(text) for text in texts]
    with closing(index(texts)) as table:
        for words in {piece for text in plain for piece in pieces(text, 6) if piece.strip()}:
            scanned = {row for row, text in enumerate(texts) if holds(text, words)}
            starts = {row for row in scanned if words in set(pieces(plain[row], len(words)))}
            assert starts <= candidates(table, words, len(texts)), words


@given(TEXTS, st.text(HAN | RARE, min_size=1, max_size=6))
def test_words_in_han_are_found_wherever_they_stand(texts, words):
    assert found(texts, words) == {row for row, text in enumerate(texts) if normalised(words) in normalised(text)}


def test_words_apart_are_candidates_but_not_found():
    texts = ["路灯下，灯坏了", "路灯坏了"]
    with closing(index(texts)) as table:
        assert candidates(table, "路灯坏", 2) == {0, 1}
    assert found(texts, "路灯坏") == {1}


def test_every_one_of_several_words_must_be_there():
    assert found(["路灯坏了", "小学的路灯", "小学"], "小学 路灯") == {1}


@pytest.mark.parametrize(
    "words", ['"', "OR", "路 AND 灯", "NEAR(路 灯)", "body:路", "路*", "^路", "a:b", "';drop", "\\"]
)
def test_no_query_is_read_as_syntax(words):
    assert found(["OR 路 AND 灯 NEAR(路 灯) body:路 路* ^路 a:b ';drop \\ \""], words) == {0}


@given(st.text())
def test_only_letters_and_digits_reach_the_database(text):
    assert all(token.isalnum() and len(token) <= 64 for token in tokens(text))
    asked = as_tsquery(query(text))
    assert all(word.removesuffix(":*").isalnum() for word in asked.split(" & ") if word)


def test_a_word_without_end_is_cut_and_still_found():
    long = "a" * 100_000
    assert tokens(long) == ["a" * 64]
    assert found([long, "b"], long) == {0}


def test_a_long_text_gives_as_many_tokens_as_it_has_characters():
    assert len(tokens("路灯" * 50_000)) == 100_000


def test_terms_are_written_once_for_postgresql():
    assert as_tsquery(query("路灯 路灯坏 灯")) == "路灯 & 灯坏 & 灯:*"


def on_postgresql(cursor, stored: list[str], words: str) -> tuple[set[str], bool]:
    """What PostgreSQL's own parser keeps of the tokens, and whether it finds them by the words."""
    cursor.execute("select tsvector_to_array(to_tsvector('simple', %s))", [" ".join(stored)])
    kept = set(cursor.fetchone()[0])
    asked = as_tsquery(query(words))
    cursor.execute("select to_tsvector('simple', %s) @@ to_tsquery('simple', %s)", [" ".join(stored), asked])
    return kept, cursor.fetchone()[0] or not asked


def on_sqlite(cursor, stored: list[str], words: str) -> tuple[set[str], bool]:
    """The same for FTS5, told to leave accents."""
    cursor.execute("create virtual table temp.one using fts5(body, tokenize='unicode61 remove_diacritics 0')")
    cursor.execute("create virtual table temp.kept using fts5vocab(temp, one, row)")
    cursor.execute("insert into temp.one values (%s)", [" ".join(stored)])
    cursor.execute("select term from temp.kept")
    kept = {term for (term,) in cursor.fetchall()}
    asked = as_fts5(query(words))
    cursor.execute("select count(*) from temp.one where one match %s", [asked or '"x"'])
    found = bool(cursor.fetchone()[0])
    cursor.execute("drop table temp.kept")
    cursor.execute("drop table temp.one")
    return kept, found or not asked


@pytest.mark.django_db
@given(st.text(HAN | RARE | LATIN | OTHER, max_size=30))
@example("路\u0f39灯ﷺŉ\U0002b820é路éx003007ßµ1e5 2026-11-22 a.b@c.cn 0x1F 3.5 /usr/bin -7 &amp;")
def test_the_product_s_database_keeps_every_token_and_finds_by_every_term(text):
    stored = tokens(text)
    with connection.cursor() as cursor:
        kept, found = (on_postgresql if connection.vendor == "postgresql" else on_sqlite)(cursor, stored, text)
    assert kept == set(stored)
    assert found
