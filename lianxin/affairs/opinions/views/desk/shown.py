"""What a page of effects was made for: whoever changes a word after it sees it anew before anything is done."""

import json
from collections.abc import Iterable

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

FIELD = "shown"


def mark_of(form: BaseForm, names: Iterable[str] = ()) -> str:
    """Stands for what was written into these fields of a form, or into all."""
    told = {name: form[name].value() for name in names or form.fields if name in form.fields}
    return salted_hmac("lianxin.opinions.shown", json.dumps(told, default=str)).hexdigest()


def was_changed(request: HttpRequest, form: BaseForm, names: Iterable[str] = ()) -> bool:
    """Whether something else is sent than what the effects were shown of."""
    return request.POST.get(FIELD, "") not in ("", mark_of(form, names))
