"""Components: one include for every form, and drawings that say the same as the words beside them."""

import re
from datetime import date

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from lianxin.ground.core import clock_words, rings, toasts
from lianxin.ground.core.forms import needed_when
from lianxin.ground.core.templatetags.look import same_page, share
from lianxin.lib.calendars import ClockReading, ClockState, Level, Unit
from tests.ground.core.builders import make_figure


class Letter(forms.Form):
    name = forms.CharField(label="姓名", help_text="怎么称呼您", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    place = forms.CharField(label="在哪里", required=False)
    seen = forms.ChoiceField(label="谁能看", choices=[("all", "公开"), ("few", "不公开")], widget=forms.RadioSelect)
    is_public_matter = forms.BooleanField(label="公共的事")
    photo = forms.FileField(label="照片", required=False)
    code = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("这一段时间不收信。")


def control(html, name):
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)[0]


def test_every_form_is_drawn_by_the_same_component():
    assert str(Letter()).strip() == render_to_string("components/form.html", {"form": Letter()}).strip()


def test_a_field_has_its_label_hint_and_autocomplete():
    html = str(Letter())
    assert '<label class="label" for="id_name">姓名</label>' in html
    assert '<div class="hint" id="id_name_helptext">怎么称呼您</div>' in html
    assert 'aria-describedby="id_name_helptext"' in control(html, "name")
    assert 'autocomplete="name"' in control(html, "name")


def test_what_need_not_be_filled_in_says_so():
    assert re.search(r"在哪里<small>可以不填</small>", str(Letter()))


def test_what_is_needed_where_something_else_is_chosen_says_so_instead():
    class Shown(forms.Form):
        name = needed_when(forms.CharField(label="名字", required=False), "选了写名字才要填")

    html = str(Shown())
    assert re.search(r"名字<small>选了写名字才要填</small>", html)
    assert "可以不填" not in html


def test_a_mistake_is_tied_to_its_field_and_told_at_the_top():
    html = str(Letter({"code": "x"}))
    assert 'aria-invalid="true"' in control(html, "name")
    assert 'aria-describedby="id_name_helptext id_name_error"' in control(html, "name")
    assert re.search(r'id="id_name_error">.*?这一项要填。', html, re.DOTALL)
    assert "这一段时间不收信。" in html
    assert '<a href="#id_name">姓名</a>：这一项要填。' in html


def test_mistakes_of_hidden_fields_are_not_hidden():
    assert re.search(r"data-mistakes.*?<li>这一项要填。</li>", str(Letter({})), re.DOTALL)


def test_choices_are_a_group_with_a_name_and_none_is_pressed():
    html = str(Letter())
    assert re.search(r'<fieldset class="field" id="id_seen">\s*<legend class="label">谁能看', html)
    assert "checked" not in html


def test_what_was_typed_is_never_markup():
    html = str(Letter({"name": '"><script>'}))
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("level", "remaining", "unit", "chinese", "english"),
    [
        (Level.PLENTY, 9, Unit.WORKING_DAY, "还剩9个工作日", "9 working days left"),
        (Level.SOON, 1, Unit.DAY, "还剩1天", "1 day left"),
        (Level.SOON, 5, Unit.HOUR, "还剩5小时", "5 hours left"),
        (Level.TODAY, 0, Unit.DAY, "今天到期", "Due today"),
        (Level.LATE, -3, Unit.WORKING_DAY, "超3个工作日", "3 working days late"),
        (Level.LATE, 0, Unit.WORKING_DAY, "刚过期", "Just late"),
        (Level.LONG_LATE, -45, Unit.MONTH, "超45天", "45 days late"),
        (Level.PAUSED, 4, Unit.DAY, "停着", "Paused"),
        (Level.DONE, 2, Unit.DAY, "按期办完", "Done in time"),
        (Level.DONE, -2, Unit.DAY, "办完了，超过期限", "Done, after the due day"),
    ],
)
def test_a_clock_says_how_long_is_left(level, remaining, unit, chinese, english):
    reading = make_reading(level=level, remaining=remaining, unit=unit, is_late="LATE" in level.name or remaining < 0)
    assert clock_words.words(reading) == chinese
    with translation.override("en"):
        assert clock_words.words(reading) == english
    html = Template("{% load look %}{% clock reading %}").render(Context({"reading": reading}))
    assert html.strip() == f'<span class="clock" data-level="{level}">{chinese}</span>'


def test_a_clock_that_had_to_assume_says_about():
    assert clock_words.words(make_reading(is_certain=False)) == "还剩9个工作日（约）"


def make_reading(**facts):
    told = {
        "due_on": date(2026, 12, 2),
        "due_at": None,
        "state": ClockState.RUNNING,
        "remaining": 9,
        "unit": Unit.WORKING_DAY,
        "level": Level.PLENTY,
        "is_late": False,
        "is_certain": True,
        "calendar_version": "",
    }
    return ClockReading(**told | facts)


def dashes(pattern):
    return [float(length) for length in pattern.split()]


def test_a_ring_has_one_segment_for_each_time_due():
    ring = rings.ring(done=1, of=4, waiting=1)
    segment, gap = dashes(ring.due)
    assert 4 * (segment + gap) == pytest.approx(rings.ROUND, abs=0.1)
    assert dashes(ring.done)[:2] == [segment, gap]
    assert dashes(ring.waiting)[1] == pytest.approx(segment + gap, abs=0.1)


def test_stripes_end_within_their_own_segment():
    waiting = dashes(rings.ring(done=1, of=4, waiting=1).waiting)
    drawn = sum(waiting[2:-2])
    assert drawn <= rings.ROUND / 4


@pytest.mark.parametrize(("done", "of"), [(0, 1), (1, 1), (31, 45), (45, 45)])
def test_one_and_many_are_drawn_as_a_band(done, of):
    ring = rings.ring(done, of)
    assert ring.due == ""
    assert (dashes(ring.done)[0] if ring.done else 0) == pytest.approx(rings.ROUND * done / of, abs=0.1)


def test_more_than_due_is_a_full_ring_and_nothing_waits():
    assert rings.ring(5, 4, 2) == rings.ring(4, 4)


@pytest.mark.parametrize(("done", "of", "waiting"), [(-1, 4, 0), (0, 0, 0), (1, 4, -1)])
def test_impossible_numbers_are_refused(done, of, waiting):
    with pytest.raises(ValueError, match="A ring cannot show"):
        rings.ring(done, of, waiting)


def test_a_ring_is_read_aloud_with_its_numbers():
    html = Template("{% load look %}{% ring 1 4 '走进选区' waiting=1 %}").render(Context())
    assert "应做4次，做了1次，1次待核实" in html


@pytest.mark.parametrize(("part", "whole", "drawn"), [(41, 47, 87.23), (0, 5, 0), (9, 5, 100), (3, 0, 0), (-1, 5, 0)])
def test_a_share_is_drawn_between_nothing_and_all(part, whole, drawn):
    assert share(part, whole) == drawn


def pair_of(satisfied, solved):
    return Template("{% load look %}{% pair a b %}").render(Context({"a": satisfied, "b": solved}))


def test_what_nobody_knows_is_hatched_and_not_zero():
    html = pair_of(make_figure(None, 0), make_figure(None, 0))
    assert html.count("还没有") == 2
    assert html.count("meter--unknown") == 2
    assert not re.search(r"\b0\b / ", html)


def test_satisfied_and_solved_stand_with_what_they_were_counted_among():
    html = pair_of(make_figure(41, 47, name="居民说满意"), make_figure(0, 47, name="居民说解决了"))
    text = re.sub(r"<[^>]*>|\s+", " ", html)
    assert re.search(r"居民说满意 +41 +/ 47", text)
    assert re.search(r"居民说解决了 +0 +/ 47", text)


def test_a_button_that_cannot_be_pressed_says_why():
    html = render_to_string("components/button.html", {"label": "结案", "why": "居民还没评"})
    assert "disabled" in html
    assert "居民还没评" in html


def test_a_page_that_is_not_there_is_no_link():
    assert "<a" not in render_to_string("components/go.html", {"title": "督办", "note": "快误期的"})


def test_a_toast_with_an_undo_posts_it_back():
    message = Message(25, "已转给谭秋实代表", extra_tags="undo=/events/7/undo/")
    toast = toasts.read(message)
    html = render_to_string("components/toast.html", {"toast": toast})
    assert toast.undo == "/events/7/undo/"
    assert '<form method="post" action="/events/7/undo/">' in html
    assert "data-seconds" in html


def test_a_toast_without_an_undo_stays_until_the_next_page():
    toast = toasts.read(Message(25, "已存"))
    assert "form" not in render_to_string("components/toast.html", {"toast": toast})


def test_the_pager_keeps_the_rest_of_the_query(rf):
    context = Context({"request": rf.get("/", {"q": "路灯", "level": ["a", "b"], "after": "old"})})
    assert same_page(context, before="new", after="") == "?q=%E8%B7%AF%E7%81%AF&level=a&level=b&before=new"


def test_there_is_no_pager_for_one_page():
    html = render_to_string("components/pager.html", {"page": {"newer": "", "older": ""}})
    assert html.strip() == ""


def test_a_cell_names_its_column_for_a_phone():
    facts = {"head": ["哪天", "凭什么", "分"], "rows": [["11月5日", "签到", "1.5"]]}
    html = Template("{% load look %}{% table head rows right=1 %}").render(Context(facts))
    assert '<th scope="row">11月5日</th><td data-l="凭什么">签到</td><td data-l="分" class="r">1.5</td>' in html


def test_a_row_that_does_not_fit_its_head_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Template("{% load look %}{% table head rows %}").render(Context({"head": ["哪天"], "rows": [["a", "b"]]}))
