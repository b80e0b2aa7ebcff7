"""Whatever stands in a file, a preset loads or is refused in words; nothing else ever happens."""

from hypothesis import given
from hypothesis import strategies as st

from lianxin.ground.rulebook.errors import RulesRefused
from lianxin.ground.rulebook.loading import _Loading
from lianxin.ground.rulebook.reading import decode, parse
from tests.ground.rulebook.builders import make_texts
from tests.ground.rulebook.test_clocks_and_lists import CLOCKS, LISTS
from tests.ground.rulebook.test_law_and_place import LAW
from tests.ground.rulebook.test_refusals import KINDS, RECEPTION

OWN = "kinds:\n  congress:\n    quorum: {value: 3/4以上, article: 接待办法第5条}\n"
ADMINISTRATORS = "".join(
    f"  {which}: {{name: {which}, scope: platform, administrator: {which}, is_post: true, may: [access.*]}}\n"
    for which in ("system", "security", "audit")
)
TEXTS = make_texts(law=LAW, stations=KINDS + RECEPTION, clocks=CLOCKS, lists=LISTS, bodies=OWN)
TEXTS["_base/roles.yaml"] = "roles:\n" + ADMINISTRATORS

SPOTS = [(file, number) for file, text in sorted(TEXTS.items()) for number in range(text.count("\n"))]
BREAKS = st.sampled_from(
    [
        "",
        "[]",
        "{}",
        "null",
        "true",
        "3",
        "-1",
        "3 dyas",
        "[a, b]",
        "{a: b}",
        "：",
        "\t",
        "- a",
        "*x",
        "'(_base)'",
        "\x00",
    ]
)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(content):
    text, problems = decode("x.yaml", content)
    assert bool(problems) or text == content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    tree, problems = parse("x.yaml", text)
    assert problems or tree.data
    assert all(problem.file == "x.yaml" and problem.line <= text.count("\n") + 1 for problem in problems)


def problems_in(texts):
    """Every mistake of a preset, none where it loads; whatever else is raised fails the test."""
    try:
        _Loading("qinghe", texts, []).preset()
    except RulesRefused as refused:
        return refused.problems
    return ()


@given(st.sampled_from(SPOTS), BREAKS, st.sampled_from(["key", "value", "line", "gone", "twice"]))
def test_a_preset_with_a_broken_line_loads_or_is_refused(spot, word, how):
    file, number = spot
    lines = TEXTS[file].split("\n")
    key, colon, value = lines[number].partition(":")
    lines[number] = {
        "key": f"{word}{colon}{value}",
        "value": f"{key}{colon} {word}",
        "line": word,
        "gone": "",
        "twice": f"{lines[number]}\n{lines[number]}",
    }[how]
    told = problems_in(TEXTS | {file: "\n".join(lines)})
    assert all(problem.file and problem.found and problem.expected and str(problem) for problem in told)
