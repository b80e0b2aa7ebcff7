"""Every mistake of a preset is told with file, line, key, what was found, what was expected, the nearest right word."""

import pytest

from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import load_texts
from lianxin.ground.rulebook.problems import Problem
from tests.ground.rulebook.builders import FIRST_PAGE, make_preset, make_texts, only_problem_of, problems_of, refused

STATIONS = "qinghe/stations.yaml"
ARTICLE = "依据，如 代表法第51条；由我们设定的，写 assumed: true"
SPAN = "期间，如 3天、30个工作日、3个月"

KINDS = """\
kinds:
  point:
    name: 联络点
    form: point
    level: village
    article: 接待办法第3条
"""
RECEPTION = """\
receptions:
  monthly:
    at: [point]
    days: 每月5日
    hours: [9:00-11:00]
    deputies: 2
    notice: 2天
    article: 接待办法第4条
"""


def reception(*changed: tuple[str, str]) -> str:
    """The file with one reception, lines of which are changed; the reception begins at line 8."""
    text = RECEPTION
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    return KINDS + text


def test_the_plain_preset_holds_up():
    assert make_preset(stations=KINDS + RECEPTION).name == "qinghe"


def test_an_unknown_key_names_the_nearest():
    problem = only_problem_of(stations=KINDS.replace("point:\n", "point:\n    fitings: []\n", 1))
    expected = "assumed、article、stricter、name、english、form、level、run_by、fittings、fittings_count、criteria之一"
    assert problem == Problem(STATIONS, 3, "kinds.point.fitings", "“fitings”", expected, "fittings")


def test_an_unknown_key_at_the_top_names_the_nearest():
    problem = only_problem_of(stations="recetpions: {}\n")
    expected = "kinds、receptions、online_reply之一"
    assert problem == Problem(STATIONS, 1, "recetpions", "“recetpions”", expected, "receptions")


def test_a_bare_number_is_told_to_name_its_unit():
    problem = only_problem_of(stations=reception(("notice: 2天", "notice: 3")))
    expected = "写明单位的期间：3天、3个工作日、3个月"
    assert problem == Problem(STATIONS, 13, "receptions.monthly.notice", "“3”", expected, "")


def test_a_misspelt_unit_names_the_nearest_span():
    problem = only_problem_of(stations=reception(("2天", "3 dyas")))
    assert problem == Problem(STATIONS, 13, "receptions.monthly.notice", "“3 dyas”", SPAN, "3 days")


def test_an_unknown_chinese_unit_names_the_nearest_span():
    problem = only_problem_of(stations=reception(("2天", "3个工作天")))
    assert problem == Problem(STATIONS, 13, "receptions.monthly.notice", "“3个工作天”", SPAN, "3个工作日")


def test_a_missing_article_is_told_at_its_rule():
    problem = only_problem_of(stations=KINDS.replace("    article: 接待办法第3条\n", ""))
    assert problem == Problem(STATIONS, 2, "kinds.point.article", "空缺", ARTICLE, "")


def test_an_empty_article_is_a_missing_one():
    problem = only_problem_of(stations=KINDS.replace("article: 接待办法第3条", "article:"))
    assert problem == Problem(STATIONS, 6, "kinds.point.article", "空缺", ARTICLE, "")


def test_an_article_without_its_number_is_refused():
    problem = only_problem_of(stations=KINDS.replace("接待办法第3条", "接待办法"))
    expected = "文件和条号，如 代表法第51条；条号还不知道，就写“代表法 由办公室填写”"
    assert problem == Problem(STATIONS, 6, "kinds.point.article", "“接待办法”", expected, "")


def test_an_article_of_an_undeclared_paper_names_the_nearest():
    problem = only_problem_of(stations=KINDS.replace("接待办法第3条", "接待办理法第3条"))
    expected = "papers 里写明的文件"
    assert problem == Problem(STATIONS, 6, "kinds.point.article.paper", "“接待办理法”", expected, "接待办法")


def test_a_text_where_a_number_is_wanted_is_refused():
    problem = only_problem_of(stations=reception(("deputies: 2", "deputies: 两名")))
    assert problem == Problem(STATIONS, 12, "receptions.monthly.deputies", "“两名”", "整数，至少1", "")


def test_a_number_too_small_is_refused():
    problem = only_problem_of(stations=reception(("deputies: 2", "deputies: 0")))
    assert problem == Problem(STATIONS, 12, "receptions.monthly.deputies", "“0”", "不小于1的数", "")


def test_a_word_where_a_list_is_wanted_is_refused():
    problem = only_problem_of(stations=reception(("at: [point]", "at: point")))
    assert problem == Problem(STATIONS, 9, "receptions.monthly.at", "“point”", "一列", "")


def test_an_empty_list_is_refused_where_something_is_wanted():
    problem = only_problem_of(stations=reception(("at: [point]", "at: []")))
    assert problem == Problem(STATIONS, 9, "receptions.monthly.at", "一列", "至少1项", "")


def test_a_group_of_keys_written_with_a_full_width_colon_is_named():
    problem = only_problem_of(stations="kinds:\n  point: name：联络点\n")
    assert (problem.line, problem.key, problem.found) == (2, "kinds.point", "“name：联络点”")
    assert problem.expected.endswith("（冒号要用半角的“:”，后面空一格）")


def test_a_word_that_is_none_of_the_choices_names_the_nearest():
    problem = only_problem_of(stations=KINDS.replace("level: village", "level: vilage"))
    expected = "province、city、county、township、village、grid之一"
    assert problem == Problem(STATIONS, 5, "kinds.point.level", "“vilage”", expected, "village")


def test_yes_is_told_to_be_written_as_true():
    problem = only_problem_of(stations=reception(("deputies: 2", "deputies: 2\n    is_set_by_station: yes")))
    assert problem == Problem(STATIONS, 13, "receptions.monthly.is_set_by_station", "“yes”", "true 或 false", "")


def test_days_that_cannot_be_read_are_refused():
    problem = only_problem_of(stations=reception(("每月5日", "每月五")))
    expected = "重复的日子，如 每月5日，遇节假日顺延；每周二；农历逢一、六"
    assert problem == Problem(STATIONS, 10, "receptions.monthly.days", "“每月五”", expected, "")


def test_hours_that_end_before_they_begin_are_refused():
    problem = only_problem_of(stations=reception(("9:00-11:00", "11:00-9:00")))
    assert problem == Problem(STATIONS, 11, "receptions.monthly.hours[1]", "“11:00-9:00”", "时段，如 9:00-11:00", "")


def test_days_for_all_stations_and_for_each_are_refused():
    problem = only_problem_of(stations=reception(("deputies: 2", "deputies: 2\n    is_set_by_station: true")))
    expected = "重复的日子；由各站自定的，不写 days，写 is_set_by_station: true"
    assert problem == Problem(STATIONS, 10, "receptions.monthly.days", "两样都写了", expected, "")


def test_an_unknown_kind_of_station_names_the_nearest():
    problem = only_problem_of(stations=reception(("at: [point]", "at: [pont]")))
    expected = "stations.yaml 的 kinds 里写明的站点"
    assert problem == Problem(STATIONS, 9, "receptions.monthly.at[1]", "“pont”", expected, "point")


def test_an_unknown_kind_of_body_names_the_nearest():
    law = {"bodies": "kinds: {presidium: {name: 主席团, levels: [township], article: 代表法第1条, stricter: neither}}"}
    problem = only_problem_of(law=law, stations=KINDS + "    run_by: [presidum]\n")
    expected = "bodies.yaml 的 kinds 里写明的机构"
    assert problem == Problem(STATIONS, 7, "kinds.point.run_by[1]", "“presidum”", expected, "presidium")


def test_an_unknown_list_is_refused_even_where_there_are_none():
    problem = only_problem_of(stations=KINDS + "    criteria: standard\n")
    assert problem == Problem(STATIONS, 7, "kinds.point.criteria", "“standard”", "lists.yaml 里写明的清单", "")


def test_an_unknown_kind_of_event_names_the_nearest():
    clock = """\
        clocks:
          answer:
            name: 答复
            start: people.mandate_begun
            stop: people.mandate_ended
            span: 3个月
            soon: 15天
            long_late: 1个月
            article: 接待办法第9条
        """
    problem = only_problem_of(clocks=clock)
    expected = "事件种类，如 stations.opened"
    found = "“people.mandate_begun”"
    nearest = "people.mandate_began"
    assert problem == Problem("qinghe/clocks.yaml", 4, "clocks.answer.start", found, expected, nearest)


def test_an_unknown_name_of_things_names_the_nearest():
    problem = only_problem_of(names="names:\n  residnet: 选民\n")
    expected = "可以另取名称的事物"
    assert problem == Problem("qinghe/names.yaml", 2, "names.residnet", "“residnet”", expected, "resident")


def test_an_assumed_key_that_is_none_names_the_nearest():
    problem = only_problem_of(stations=reception(("notice: 2天", "notice: 2天\n    assumed: [notise]")))
    assert (problem.line, problem.key, problem.found) == (14, "receptions.monthly.assumed[1]", "“notise”")
    assert problem.nearest == "notice"


def test_a_file_of_no_section_names_the_nearest():
    problem = only_problem_of(sations="kinds: {}\n")
    assert (problem.file, problem.line, problem.found) == ("qinghe/sations.yaml", 0, "“sations.yaml”")
    assert problem.nearest == "stations"
    assert "stations.yaml" in problem.expected


def test_an_empty_section_is_refused():
    problem = only_problem_of(stations="# 以后再写\n")
    assert problem == Problem(STATIONS, 0, "", "空文件", "至少一个键；用不着这份文件，就删掉它", "")


def test_a_missing_first_page_is_told():
    texts = make_texts()
    del texts["qinghe/preset.yaml"]
    assert refused(texts) == [Problem("qinghe/preset.yaml", 0, "", "没有这份文件", "每个预设的首页", "")]


def test_a_section_that_is_needed_is_told_when_missing():
    texts = make_texts()
    del texts["_base/roles.yaml"]
    assert refused(texts) == [Problem("qinghe/roles.yaml", 0, "", "没有这份文件", "这份规则，不能没有", "")]


def test_a_folder_with_another_name_than_a_code_is_refused():
    texts = {file.replace("qinghe", "青河"): text for file, text in make_texts().items()}
    with pytest.raises(RulesRefused) as caught:
        load_texts("青河", texts)
    expected = "文件夹名：至多40个小写字母、数字、“-”和“_”"
    assert caught.value.problems == (Problem("青河", 0, "", "“青河”", expected, ""),)


def test_a_division_code_of_another_length_is_refused():
    problem = only_problem_of(preset=FIRST_PAGE.replace("990101", "9901"))
    assert problem == Problem("qinghe/preset.yaml", 2, "division", "“9901”", "六位行政区划代码", "")


def test_a_day_that_no_calendar_has_is_refused():
    problem = only_problem_of(preset=FIRST_PAGE.replace("{from: 2026-01-01}", "{from: 2026-02-30}"))
    assert problem == Problem("qinghe/preset.yaml", 6, "in_force.from", "“2026-02-30”", "日历上有的日子", "")


def test_an_end_before_the_start_is_refused():
    problem = only_problem_of(preset=FIRST_PAGE.replace("2026-01-01}", "2026-01-01, to: 2025-12-31}"))
    assert problem == Problem("qinghe/preset.yaml", 6, "in_force.to", "“2025-12-31”", "不早于2026-01-01的日子", "")


def test_a_preset_adopted_by_an_undeclared_paper_names_the_nearest():
    problem = only_problem_of(preset=FIRST_PAGE.replace("adopted_by: 由办公室填写", "adopted_by: 接待方法"))
    expected = "papers 里写明的文件"
    assert problem == Problem("qinghe/preset.yaml", 7, "adopted_by", "“接待方法”", expected, "接待办法")


def test_all_mistakes_of_all_files_are_told_at_once_in_the_order_of_the_files():
    wrong = problems_of(
        names="names:\n  residnet: 选民\n  residnet: 居民\n",
        days="days:\n\tcollection: 1\n",
        lists="lists: [",
        stations=reception(("at: [point]", "at: [pont]"), ("2天", "3"), ("article", "artikle")).replace(
            "form: ", "from: "
        ),
    )
    assert [(problem.file.removeprefix("qinghe/"), problem.line, problem.key) for problem in wrong] == [
        ("days.yaml", 2, ""),
        ("lists.yaml", 1, ""),
        ("names.yaml", 2, "names.residnet"),
        ("names.yaml", 3, "names.residnet"),
        ("stations.yaml", 2, "kinds.point.form"),
        ("stations.yaml", 4, "kinds.point.from"),
        ("stations.yaml", 8, "receptions.monthly.article"),
        ("stations.yaml", 9, "receptions.monthly.at[1]"),
        ("stations.yaml", 13, "receptions.monthly.notice"),
        ("stations.yaml", 14, "receptions.monthly.artikle"),
    ]


def test_what_is_wrong_in_one_group_of_keys_is_told_together():
    page = (
        FIRST_PAGE.replace("990101", "9901")
        .replace("level: county", "level: conty")
        .replace("由办公室填写", "接待方法")
    )
    assert [problem.key for problem in problems_of(preset=page)] == ["division", "level", "adopted_by"]
    fittings = "    fittings_count: 3\n    fittings:\n      - {key: a, nam: 甲}\n      - {key: a, name: 乙}\n"
    assert [(problem.line, problem.key) for problem in problems_of(stations=KINDS + fittings)] == [
        (8, "kinds.point.fittings"),
        (9, "kinds.point.fittings[1].name"),
        (9, "kinds.point.fittings[1].nam"),
        (10, "kinds.point.fittings[2].key"),
    ]


def test_neither_days_for_all_stations_nor_for_each_is_refused():
    problem = only_problem_of(stations=reception(("    days: 每月5日\n", "")))
    assert (problem.line, problem.key, problem.found) == (8, "receptions.monthly.days", "空缺")


def test_a_first_page_that_cannot_be_read_hides_no_other_mistake_and_makes_none_up():
    wrong = problems_of(preset="name: [", stations=KINDS.replace("village", "vilage"))
    assert [(problem.file, problem.key) for problem in wrong] == [
        ("qinghe/preset.yaml", ""),
        (STATIONS, "kinds.point.level"),
    ]


def test_a_problem_is_one_readable_line():
    problem = only_problem_of(stations=reception(("2天", "3 dyas")))
    assert str(problem) == (
        "qinghe/stations.yaml 第13行 receptions.monthly.notice：现在是“3 dyas”，"
        "应为期间，如 3天、30个工作日、3个月。最接近的是“3 days”。"
    )
