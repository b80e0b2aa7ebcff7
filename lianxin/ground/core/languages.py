"""The product's words: which there are, and what they are in other languages.

The source is Simplified Chinese: every visible string stands in the code and is marked for translation. Each app has
its English in `locale/en/LC_MESSAGES/django.po`; it may also use what core's says, for words that all apps share.
No GNU gettext is needed: babel reads the sources and compiles the catalogues.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.utils.translation.template import templatize

CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PRODUCT = "lianxin."
HEADER = b"""msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@dataclass(frozen=True)
class Word:
    """A string to translate: `text`, its `plural` where it counts, its `context` where one text has two meanings."""

    text: str
    plural: str
    context: str
    file: str

    @property
    def id(self) -> str | tuple[str, str]:
        """How a catalogue names it."""
        return (self.text, self.plural) if self.plural else self.text


def folders() -> list[Path]:
    """The folders of the product's apps, top floor first."""
    return [Path(app.path) for app in apps.get_app_configs() if app.name.startswith(PRODUCT)]


def po_file(folder: Path, language: str = "en") -> Path:
    """Where an app keeps its words in another language."""
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def words_of(folder: Path) -> list[Word]:
    """Every string that the app marks for translation, in the order of its files, each once."""
    found: dict[tuple[str, str], Word] = {}
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        if "migrations" not in file.parts:
            for word in _marked(file, str(file.relative_to(folder))):
                found.setdefault((word.context, word.text), word)
    return list(found.values())


def _marked(file: Path, name: str) -> Iterator[Word]:
    source = file.read_text()
    if file.suffix != ".py":
        source = "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())
    for _line, texts, _comments, context in extract("python", io.BytesIO(source.encode()), CALLS):
        text, plural = texts[:2] if isinstance(texts, tuple) else (texts, "")
        if text:
            yield Word(text, plural, context or "", name)


def read(file: Path) -> Catalog:
    """The catalogue in this file; an empty one for a file that is not there yet."""
    if not file.exists():
        return Catalog(locale="en", domain="django")
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3], domain="django", abort_invalid=True)


def update(folder: Path) -> int:
    """Bring the app's English file up to date with its sources, keeping what is translated; how many are missing."""
    file, words = po_file(folder), words_of(folder)
    if not words:
        return 0
    old, new = read(file), Catalog(locale="en", domain="django", fuzzy=False)
    shared = read(po_file(core())) if folder != core() else Catalog()
    missing = 0
    for word in words:
        known = old.get(word.text, word.context or None)
        if known is None and shared.get(word.text, word.context or None):
            continue
        new.add(word.id, _kept(known, word), [(word.file, 0)], context=word.context or None)
        missing += not (known and known.string)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        target.write(HEADER)
        write_po(target, new, width=0, omit_header=True, include_lineno=False)
    return missing


def _kept(known: Message | None, word: Word) -> Any:
    """The English that stood there, unless the word has got, or lost, its plural since."""
    if known is None or isinstance(known.id, tuple) != isinstance(word.id, tuple):
        return ""
    return known.string


def core() -> Path:
    """The folder of the app whose words all others may use."""
    return Path(apps.get_app_config("core").path)


def compile_all() -> int:
    """Write the .mo file of every .po file that changed since; how many were written."""
    written = 0
    for source in [po for folder in folders() for po in sorted(folder.glob("locale/*/LC_MESSAGES/*.po"))]:
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            half = target.with_suffix(f".{os.getpid()}")
            with half.open("wb") as file:
                write_mo(file, read(source))
            half.replace(target)
            written += 1
    return written
