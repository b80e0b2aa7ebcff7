"""How forms are drawn, every one by the same components; and the form that does one verb to one thing."""

from datetime import date, datetime
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import today
from lianxin.ground.core.controls import CONTROLS
from lianxin.ground.core.errors import RuleError

Thing = TypeVar("Thing", bound=Model)
FormField = TypeVar("FormField", bound=forms.Field)


class ComponentRenderer(DjangoTemplates):
    """`{{ form }}` is components/form.html, `{{ form.name.as_field_group }}` is components/field.html."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """As Django does it; common controls without a template for each option and each attribute."""
        if draw := CONTROLS.get(template_name):
            return draw(context["widget"])
        return cast(SafeString, super().render(template_name, context, request))


def needed_when(field: FormField, when: str | Promise) -> FormField:
    """The field, which says beside its label when it is needed, instead of that it need not be filled in.

    For what is asked only where something else is chosen; the form's `clean` asks for it then.
    """
    field.needed_when = when  # read by components/field.html
    return field


class DayInput(forms.DateInput):
    """A day, chosen from the phone's own calendar. Browsers take and give it as 2026-11-21 in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class PastDayField(forms.DateField):
    """A day on which something was: today, or one before."""

    widget = DayInput
    default_error_messages = {"ahead": _("这一天还没有到。请填当时的日子。")}

    def validate(self, value: date | None) -> None:
        """As Django does; raises ValidationError for a day ahead too."""
        super().validate(value)
        if value and value > today():
            raise forms.ValidationError(self.error_messages["ahead"], "ahead")


class UploadField(forms.FileField):
    """A file that is asked for. What is in it is judged by its content, not its name, by whoever knows what it should be."""

    default_error_messages = {
        "required": _("请先选一个文件。"),
        "empty": _("这个文件是空的，里面什么也没有。请检查选对文件没有。"),
    }


class Act(forms.BaseForm):
    """One verb, done to one thing: `title` names it, `act` is what its button says, `warning` what should be known before.

    `refused_at` is the field beside which a refusal stands, where it concerns one. When the verb is done, `told` says
    so, and `made` is the thing that it made, or its address, where it made one.
    """

    do_not_call_in_templates: ClassVar[bool] = True
    title: ClassVar[str | Promise]
    act: ClassVar[str | Promise]
    warning: str | Promise = ""
    refused_at: ClassVar[str | None] = None
    made: Any = None
    cleaned_data: dict[str, Any]

    def __init__(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thing = thing

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("已经登记：%(act)s。") % {"act": self.title}

    def carry_out(self, *, by: UUID | None, at: datetime) -> bool:
        """Do the verb. Where a rule refuses it, its words become a mistake of the form, and nothing is done."""
        try:
            self.verb(**self.cleaned_data, by=by, at=at)
        except RuleError as error:
            self.add_error(self.refused_at, str(error))
            return False
        return True

    def verb(self, **facts: Any) -> None:
        """The verb of the thing that this form is for."""
        raise NotImplementedError


class ActForm(Act, forms.Form):
    """A verb with what has to be said for it."""


class AmendForm(Act, forms.ModelForm[Thing]):
    """What is known of a thing, mended: the thing keeps only what changed. Whoever makes a new one gives no thing."""

    act = _("存下")

    def __init__(self, thing: Thing | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(thing, *args, instance=thing, **kwargs)

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return gettext("改好了。")

    def verb(self, **facts: Any) -> None:
        """Amend."""
        self.thing.amend(self.changed_data, by=facts["by"], at=facts["at"])


class FindForm(ActForm):
    """A verb about one of many, found by words first: the page offers the first dozen that fit, never all there are.

    `chosen` is the field, with a queryset of all there are; `finds` says what the words are, `nothing_found` what to try.
    """

    LISTED: ClassVar[int] = 12
    chosen: ClassVar[str]
    finds: ClassVar[str | Promise]
    nothing_found: ClassVar[str | Promise] = _("换个写法再找，拼音首字母也行。")

    def __init__(self, thing: Any, *args: Any, words: str = "", **kwargs: Any) -> None:
        super().__init__(thing, *args, **kwargs)
        self.words = words
        field: Any = self.fields[self.chosen]
        field.queryset = self.all_there_are()
        fit = list((self.fitting(words) if words else field.queryset)[: self.LISTED + 1])
        self.has_more, self.has_none = len(fit) > self.LISTED, not fit
        field.choices = [(one.pk, field.label_from_instance(one)) for one in fit[: self.LISTED]]

    def all_there_are(self) -> QuerySet[Any]:
        """Everything that may be chosen, in order."""
        raise NotImplementedError

    def fitting(self, words: str) -> QuerySet[Any]:
        """Those of them that the words fit."""
        raise NotImplementedError
