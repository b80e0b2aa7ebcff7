"""Identifiers as addresses and forms name them."""

from lianxin.ground.core.ids import id_in, ids_in, new_id


def test_what_is_no_identifier_names_nothing():
    assert [id_in(told) for told in (None, "", "1", "\x00", "王秀兰", 7)] == [None] * 6


def test_identifiers_are_found_among_anything_in_their_order():
    first, second = new_id(), new_id()
    assert ids_in([str(second), "all", first, second.hex]) == [second, first, second]
