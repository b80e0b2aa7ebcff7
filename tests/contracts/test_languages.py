"""Chinese and English are complete: every visible word is marked for translation, and every mark has its English."""

import ast
import re
from collections import defaultdict

import pytest
from django.utils.translation.template import templatize

from lianxin.ground.core import languages
from tests.contracts.sources import files

CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# Names of languages are written in themselves.
AS_THEY_ARE = {"简体中文", "繁體中文", "简体", "繁體"}


@pytest.fixture(scope="module")
def words():
    """Every marked string of every app, with the app's folder."""
    return [(folder, word) for folder in languages.folders() for word in languages.words_of(folder)]


@pytest.fixture(scope="module")
def catalogues():
    return {folder: languages.read(languages.po_file(folder)) for folder in languages.folders()}


def english(catalogues, folder, word):
    """What the app, or core for it, says in English."""
    for place in (folder, languages.core()):
        message = catalogues[place].get(word.text, word.context or None)
        if message and message.string and not message.fuzzy:
            return message.string if isinstance(message.string, tuple) else (message.string,)
    return ()


def test_there_are_words_to_look_at(words):
    assert len(words) > 500


def test_every_word_has_its_english(words, catalogues):
    missing = [
        f"{folder.name}/{word.file}: {word.text}"
        for folder, word in words
        if not all(english(catalogues, folder, word) or [""])
    ]
    assert missing == [], "Run ./bin/lianxin translations --update, and write the English that is missing."


def test_one_word_has_one_english(words, catalogues):
    said = defaultdict(set)
    for folder, word in words:
        if meaning := english(catalogues, folder, word):
            said[word.context, word.text].add(meaning)
    different = {text: sorted(meanings) for (_context, text), meanings in said.items() if len(meanings) > 1}
    assert different == {}, "One catalogue holds all apps: give one of them a context (pgettext)."


def test_english_fills_in_what_the_chinese_does(words, catalogues):
    wrong = [
        f"{word.text} → {said}"
        for folder, word in words
        for said in english(catalogues, folder, word)
        if not set(PLACE.findall(said)) <= set(PLACE.findall(word.text + word.plural))
    ]
    assert wrong == []


def test_english_is_not_the_chinese_again(words, catalogues):
    same = [
        word.text
        for folder, word in words
        if CHINESE.search(word.text) and word.text in english(catalogues, folder, word)
    ]
    assert same == []


def test_nothing_is_kept_that_nobody_says(words, catalogues):
    marked = defaultdict(set)
    for folder, word in words:
        marked[folder].add((word.context or None, word.text))
    left = [
        f"{folder.name}: {message.id}"
        for folder, catalogue in catalogues.items()
        for message in catalogue
        if message.id
        and (message.context, message.id[0] if isinstance(message.id, tuple) else message.id) not in marked[folder]
    ]
    assert left == [], "Run ./bin/lianxin translations --update."


def bare(template):
    """Chinese that a template shows without marking it for translation."""
    text = re.sub(r"{#.*?#}|<!--.*?-->|{%\s*comment.*?endcomment\s*%}", "", template, flags=re.DOTALL)
    text = re.sub(r"{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*trans(late)?\b.*?%}", "", text, flags=re.DOTALL)
    text = re.sub(r"""_\((".*?"|'.*?')\)""", "", text)
    text = re.sub("|".join(sorted(AS_THEY_ARE, key=len, reverse=True)), "", text)
    return [line.strip() for line in text.splitlines() if CHINESE.search(line)]


def test_templates_show_no_chinese_that_is_not_marked():
    shown = ((name, text) for name, text in files("*.html", "*.txt", under="lianxin/") if "/templates/" in name)
    found = [f"{name}: {line}" for name, text in shown for line in bare(text)]
    assert found == []


def test_scripts_say_nothing_of_their_own():
    code = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
    assert [name for name, text in files("*.js", under="lianxin/") if CHINESE.search(code.sub("", text))] == []


@pytest.mark.parametrize(
    "template", ["<p>您好</p>", '<a title="您好">', '{% include "x" with a="您好" %}', "{{ a }}您"]
)
def test_bare_chinese_is_seen(template):
    assert bare(template)


@pytest.mark.parametrize(
    "template",
    [
        '{% translate "您好" %}',
        "{% blocktranslate %}您好{% endblocktranslate %}",
        '{% include "x" with a=_("您好") %}',
        "{# 您好 #}",
        "{% comment %}您好{% endcomment %}",
    ],
)
def test_marked_chinese_is_not(template):
    assert bare(template) == []


def unmarked(source):
    """Chinese in code that shows words to people: every text there is a docstring or goes through gettext."""
    tree = ast.parse(source)
    known = {
        id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and ast.get_docstring(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*languages.CALLS}:
            known |= {id(part) for argument in node.args for part in ast.walk(argument)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known
        if is_text and CHINESE.search(node.value) and node.value not in AS_THEY_ARE:
            yield f"{node.lineno}: {node.value}"


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
SPEAKING = ("*/views/*.py", "*/forms.py", "*/forms/*.py", "*/errors.py", "*/kinds.py", "*/policy.py")


def test_code_that_speaks_to_people_marks_its_words():
    found = [f"{name}:{line}" for name, text in files(*SPEAKING, under="lianxin/") for line in unmarked(text)]
    found = [line for line in found if not line.startswith("lianxin/lib/")]
    assert found == []


def test_unmarked_chinese_in_code_is_seen():
    assert list(unmarked('raise Error("不行")'))
    assert not list(unmarked('"""说明"""\nraise Error(_("不行") % {"a": 1})'))


def test_every_template_can_be_read():
    for name, text in files("*.html", under="lianxin/"):
        assert templatize(text, origin=name) is not None
