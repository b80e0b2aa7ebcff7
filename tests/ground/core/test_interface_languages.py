"""Reading the product's words, bringing English files up to date, and compiling them without GNU gettext."""

import gettext
import shutil
from datetime import date, datetime

import pytest
from babel.messages.pofile import PoFileError
from django.core.management import call_command
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lianxin.ground.core import languages


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A made-up app with two files."""
    folder = tmp_path / "app"
    (folder / "templates").mkdir(parents=True)
    (folder / "views.py").write_text(
        'a = _("收下")\nb = ngettext("%(n)s件", "%(n)s件", n)\nc = pgettext("动词", "记录")\n'
    )
    (folder / "templates" / "a.html").write_text(
        '{% load i18n %}\n<p>\n  {% translate "寄出" %}\n{% blocktranslate %}你好，{{ name }}{% endblocktranslate %}</p>\n'
        '{% include "x" with label=_("撤销") %}{# _("不算") #}'
    )
    monkeypatch.setattr(languages, "folders", lambda: [folder])
    monkeypatch.setattr(languages, "core", lambda: folder)
    return folder


def texts(folder):
    return {word.text for word in languages.words_of(folder)}


def test_words_are_found_in_code_and_templates(app):
    assert texts(app) == {"收下", "%(n)s件", "记录", "寄出", "你好，%(name)s", "撤销"}
    by_text = {word.text: word for word in languages.words_of(app)}
    assert by_text["%(n)s件"].plural == "%(n)s件"
    assert by_text["记录"].context == "动词"
    assert by_text["寄出"].file == "templates/a.html"


def test_an_english_file_is_made_and_says_what_is_missing(app):
    assert languages.update(app) == 6
    assert 'msgid "寄出"\nmsgstr ""' in languages.po_file(app).read_text()


def test_what_is_translated_is_kept_and_what_is_gone_is_dropped(app):
    languages.update(app)
    file = languages.po_file(app)
    file.write_text(file.read_text().replace('msgid "寄出"\nmsgstr ""', 'msgid "寄出"\nmsgstr "Send"'))
    (app / "views.py").write_text('a = _("转办")\n')
    assert languages.update(app) == 3
    text = file.read_text()
    assert 'msgid "寄出"\nmsgstr "Send"' in text
    assert "转办" in text
    assert "收下" not in text


def test_the_same_sources_give_the_same_file(app):
    languages.update(app)
    once = languages.po_file(app).read_text()
    languages.update(app)
    assert languages.po_file(app).read_text() == once


def test_compiled_words_are_read_by_gettext(app):
    languages.update(app)
    file = languages.po_file(app)
    text = file.read_text().replace('msgid "寄出"\nmsgstr ""', 'msgid "寄出"\nmsgstr "Send"')
    text = text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(n)s matter"\nmsgstr[1] "%(n)s matters"')
    file.write_text(text)
    assert languages.compile_all() == 1
    with file.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert catalogue.gettext("寄出") == "Send"
    assert catalogue.gettext("收下") == "收下"
    assert catalogue.ngettext("%(n)s件", "%(n)s件", 1) == "%(n)s matter"
    assert catalogue.ngettext("%(n)s件", "%(n)s件", 2) == "%(n)s matters"


def test_nothing_is_written_twice(app):
    languages.update(app)
    assert [languages.compile_all(), languages.compile_all()] == [1, 0]
    assert [file.name for file in languages.po_file(app).parent.iterdir() if "mo" in file.name] == ["django.mo"]


def test_a_damaged_file_is_refused(app):
    languages.update(app)
    languages.po_file(app).write_text("这不是一份译文\n")
    with pytest.raises(PoFileError):
        languages.compile_all()


def test_the_command_names_what_is_missing(app, capsys):
    call_command("translations", update=["app"])
    assert capsys.readouterr().out.strip().endswith("django.po: 6")


def test_a_new_home_has_its_words_after_one_command(app):
    languages.update(app)
    call_command("translations")
    assert languages.po_file(app).with_suffix(".mo").exists()
    shutil.rmtree(app / "locale")
    call_command("translations")
    assert not (app / "locale").exists()


def test_days_in_english_are_written_in_one_way_everywhere():
    day, moment = date(2026, 11, 21), datetime(2026, 11, 21, 9, 5)
    with translation.override("en"):
        assert date_format(day) == date_format(day, _("Y年n月j日")) == "21 November 2026"
        assert date_format(day, "MONTH_DAY_FORMAT") == "21 November"
        assert date_format(moment, "DATETIME_FORMAT") == "21 November 2026, 09:05"


def test_days_in_chinese_are_written_as_ever():
    with translation.override("zh-hans"):
        assert date_format(date(2026, 11, 21)) == "2026年11月21日"
