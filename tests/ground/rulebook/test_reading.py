"""How a file is written: letters, indentation, syntax, keys."""

import pytest

from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.reading import LARGEST, decode, key_path, parse


def problem_of(text):
    _tree, (problem,) = parse("qinghe/names.yaml", text)
    return problem


def test_each_key_and_item_knows_its_line():
    tree, problems = parse("x.yaml", "kinds:\n  point:\n    fittings:\n      - key: a\n      - key: b\n")
    assert problems == []
    assert tree.data == {"kinds": {"point": {"fittings": ({"key": "a"}, {"key": "b"})}}}
    assert tree.mark(("kinds", "point", "fittings", 1, "key")).line == 5
    assert tree.mark(("kinds", "point", "nothing")).line == 2


def test_a_word_below_its_key_has_its_own_line():
    tree, _problems = parse("x.yaml", "name:\n  青河县\narticle:\nbody:\n  - a\n")
    assert [tree.mark((key,)).line for key in ("name", "article", "body")] == [2, 3, 4]


def test_words_stay_words():
    tree, _problems = parse("x.yaml", "a: 9:00\nb: no\nc: 2026-03-01\nd: 3.5\ne: 05\nf: '3'\n")
    assert tree.data == {"a": "9:00", "b": "no", "c": "2026-03-01", "d": "3.5", "e": "05", "f": "3"}


def test_only_true_false_nothing_and_whole_numbers_are_more_than_words():
    tree, _problems = parse("x.yaml", "a: true\nb: false\nc:\nd: ~\ne: 12\nf: -3\n")
    assert tree.data == {"a": True, "b": False, "c": None, "d": None, "e": 12, "f": -3}


def test_a_path_is_told_as_people_count():
    assert key_path(("kinds", "point", "fittings", 1, "name")) == "kinds.point.fittings[2].name"


def test_tabs_are_told_at_each_line():
    _tree, problems = parse("qinghe/names.yaml", "names:\n\tresident: 选民\n  \topinion_box: 信箱\n")
    assert problems == [
        Problem("qinghe/names.yaml", line, "", "用制表符（Tab）缩进", "用空格缩进，每层两个空格") for line in (2, 3)
    ]


def test_bad_syntax_is_told_with_its_line_as_written():
    problem = problem_of("names:\n  resident: 选民\n opinion_box: 信箱\n")
    assert (problem.file, problem.line, problem.key) == ("qinghe/names.yaml", 3, "")
    assert problem.found == "“opinion_box: 信箱”"
    assert problem.expected.startswith("YAML的写法：“键: 值”，同一层左边对齐")


def test_a_full_width_colon_is_named_at_its_own_line():
    problem = problem_of("names:\n  resident：选民\n  opinion_box: 信箱\n")
    assert (problem.line, problem.found) == (2, "“resident：选民”")
    assert "冒号要用半角的“:”" in problem.expected


def test_a_file_of_one_full_width_line_is_no_group_of_keys():
    problem = problem_of("名称：青河县\n")
    assert (problem.line, problem.found) == (1, "“名称：青河县”")
    assert "冒号要用半角的“:”" in problem.expected


def test_a_key_written_twice_names_both_lines():
    problem = problem_of("names:\n  resident: 选民\n  resident: 居民\n")
    expected = "只写一次；第2行已经写了"
    assert problem == Problem("qinghe/names.yaml", 3, "names.resident", "又写了一次", expected)


def test_an_empty_file_is_refused():
    assert problem_of("# 还没有写\n").found == "空文件"
    assert problem_of("").line == 0


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !!str 1\n", "a: !x 1\n"])
def test_anchors_aliases_and_tags_are_refused(text):
    problem = problem_of(text)
    assert (problem.line, problem.expected) == (1, "直接写出的内容，不用“&”、“*”、“!”这些记号")


def test_two_documents_in_one_file_are_refused():
    assert problem_of("a: 1\n---\nb: 2\n").line == 2


def test_a_list_as_a_key_is_refused():
    problem = problem_of("? [a, b]\n: 1\n")
    assert (problem.line, problem.found, problem.expected) == (1, "一组或一列作键", "一个词作键")


def test_a_character_that_cannot_be_printed_is_told_with_its_line():
    problem = problem_of("a: 1\nb: \x07\n")
    assert (problem.line, problem.found) == (2, "不能打印的字符")


def test_layers_without_end_are_refused_and_break_nothing():
    problem = problem_of("[" * 20_000)
    assert problem.found == "层数太多的内容"


def test_utf8_is_read_with_or_without_mark_and_with_any_line_ends():
    assert decode("x.yaml", b"\xef\xbb\xbf" + "a: 选民\r\nb: 1\r".encode()) == ("a: 选民\nb: 1\n", [])


def test_gbk_is_refused_with_the_line_and_what_to_do():
    _text, (problem,) = decode("x.yaml", "name: abc\nbody: 代表".encode("gbk"))
    assert problem == Problem("x.yaml", 2, "", "GBK编码的文字", "UTF-8编码：用编辑器“另存为”，编码选UTF-8")


def test_utf16_is_refused_by_its_name():
    _text, (problem,) = decode("x.yaml", "name: 代表".encode("utf-16"))
    assert problem.found == "UTF-16编码的文字"


def test_bytes_of_no_encoding_are_refused():
    _text, (problem,) = decode("x.yaml", b"name: \xff\xff\xff")
    assert problem.found == "别的编码的文字"


def test_a_huge_file_is_not_read():
    text, (problem,) = decode("x.yaml", b"a" * (LARGEST + 1))
    assert text == ""
    assert (problem.found, problem.expected) == ("1048577字节", "至多1048576字节")
