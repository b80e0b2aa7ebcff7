"""Controls that are drawn at once are those that Django's own templates draw."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy

from lianxin.ground.core.controls import CONTROLS
from lianxin.ground.core.forms import ComponentRenderer, DayInput

GROUPED = [("", gettext_lazy("全部")), ("A", [("1", "<甲>"), ("2", "乙 & 丙")])]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(attrs={"maxlength": 40, "required": True, "disabled": False}), 'a "b" <c>'),
        (forms.TextInput(), None),
        (forms.NumberInput(attrs={"min": 0}), 3),
        (forms.EmailInput(), "a@b.c"),
        (forms.PasswordInput(), "never shown"),
        (forms.HiddenInput(), "x"),
        (DayInput(), "2026-11-21"),
        (forms.Select(choices=[("", "—"), (1, gettext_lazy("一")), (2, "二 <b>")]), 2),
        (forms.Select(attrs={"aria-invalid": "true"}, choices=GROUPED), "1"),
        (forms.NullBooleanSelect(), True),
    ],
)
def test_a_control_is_what_djangos_template_draws(widget: forms.Widget, value: object) -> None:
    assert widget.template_name in CONTROLS

    drawn, templated = (
        widget.render("asked", value, {"id": "id_asked"}, renderer)
        for renderer in (ComponentRenderer(), DjangoTemplates())
    )

    assert re.sub(r">\s+<", "><", drawn) == re.sub(r">\s+<", "><", templated.strip())


def test_what_stands_in_no_list_is_drawn_by_its_template() -> None:
    drawn = forms.Textarea().render("said", "<p>", {"id": "id_said"}, ComponentRenderer())

    assert "<textarea" in drawn
    assert "&lt;p&gt;" in drawn
