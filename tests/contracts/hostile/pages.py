"""The forms and links of a page, as a browser reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "tel", "email", "search", "url", "number", "date", "datetime-local", "time", "textarea"}


@dataclass
class Form:
    """Where a form is sent, how, and the fields that it has: kind and values by name, in the order of the page."""

    action: str
    method: str
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """`forms` and `links` of an HTML page, and its `text` without what is markup."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path, self.forms, self.links, self.text = path, [], [], ""
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._inside: tuple[Form, str, str] | None = None  # the form and name of an open textarea or select, and which
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self._form = Form(told.get("action") or self.path, told.get("method", "get").lower())
            self.forms.append(self._form)
            self._by_id[told.get("id", "")] = self._form
        elif tag in ("input", "textarea", "select", "button") and told.get("name"):
            self._control(tag, told)
        elif tag == "option" and self._inside and "disabled" not in told:
            form, name, _tag = self._inside
            form.values[name].insert(0 if "selected" in told else len(form.values[name]), told.get("value", ""))

    def _control(self, tag: str, told: dict[str, str]) -> None:
        form = self._by_id.get(told["form"]) if "form" in told else self._form
        if form is None:
            return
        name = told["name"]
        kind = told.get("type", "text").lower() if tag == "input" else tag
        form.kinds[name] = (
            "hidden" if told.keys() & {"readonly", "hidden"} else kind
        )  # it is for the browser, not for people
        values = form.values.setdefault(name, [])
        if tag in ("textarea", "select"):
            self._inside = (form, name, tag)
            values += [""] if tag == "textarea" else []
        else:
            values.insert(0 if "checked" in told else len(values), told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[2]:
            self._inside = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside and self._inside[2] == "textarea":
            form, name, _tag = self._inside
            form.values[name][-1] += data

    def typed(self) -> Iterator[tuple[str, str]]:
        """Name and content of every field that people type into; of a textarea without the line end that begins it."""
        for form in self.forms:
            for name, kind in form.kinds.items():
                if kind in TYPED:
                    yield name, form.values[name][0].removeprefix("\n") if kind == "textarea" else form.values[name][0]
