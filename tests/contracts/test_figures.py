"""No page shows a figure that the registry does not know: templates type none, compute none, and draw none by themselves."""

import re

import pytest
from django.template import Context, Template

from lianxin.ground.core import figures
from tests.contracts.sources import files

DRAWN = ("components/stat.html", "components/pair.html", "components/meter.html")
BY_HAND = re.compile(r'class="(?:stat|stat__n|pair|meter)[" ]|components/(?:stat|pair)\.html')
METER = re.compile(r"components/meter\.html")
COMPUTED = re.compile(r"\|\s*(?:share|divisibleby)\s*:|{%\s*widthratio|\d\s*[%％](?!})|}}\s*[%％]")
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


def pages():
    for name, text in files("*.html", under="lianxin/"):
        if not name.endswith(DRAWN):
            yield name, COMMENT.sub("", text)


def test_figures_are_drawn_by_their_tags_alone():
    assert [name for name, text in pages() if BY_HAND.search(text)] == []


def test_no_template_computes_a_figure():
    assert [f"{name}: {COMPUTED.search(text)[0]}" for name, text in pages() if COMPUTED.search(text)] == []


def test_a_bar_is_drawn_for_a_figure_alone():
    allowed = {
        "core/styleguide/",
        "duty/",
        "publishing/result.html",
    }  # the last: answers to a question, each with its denominator
    found = {name for name, text in pages() if METER.search(text)}
    assert {name for name in found if not any(part in name for part in allowed)} == set()


@pytest.mark.parametrize("figure", [30, "30 / 43", None, (30, 43), {"part": 30}])
def test_the_components_take_nothing_but_figures(figure):
    for tag in ("{% stat figure %}", "{% pair figure figure %}"):
        with pytest.raises(TypeError, match="no figure"):
            Template("{% load look %}" + tag).render(Context({"figure": figure}))


def test_every_figure_has_a_name_a_list_and_words_that_say_how():
    assert figures.all_definitions()
    period = figures.Period.year(2026)
    for one in figures.all_definitions():
        assert str(one.name)
        assert str(one.counts)
        assert one.code in one.address(period)


def test_a_figure_by_hand_is_seen():
    assert BY_HAND.search('<p class="stat__n">41</p>')
    assert BY_HAND.search('{% include "components/pair.html" with satisfied=41 %}')
    assert COMPUTED.search("{% widthratio a b 100 %}")
    assert COMPUTED.search("{{ share }}%")
    assert COMPUTED.search("满意率 87%")
    assert not COMPUTED.search('<td class="num">{{ row.count }}</td>')
