"""The house rules that a program can check."""

import ast
import re
import sys
from functools import cache

import pytest

from tests.contracts.sources import ROOT, files, found

PLACES = ("点军", "沿河", "长春", "旬阳", "三门", "宜昌", "铜仁", "安康", "台州")
CALLED_NOTHING = re.compile(r"(Manager|Service|Helper|Util|Utils|Handler)$")
DJANGO_CALLS_IT_SO = {"UserManager"}
REFUSES = {"Grown"}  # whose save does nothing more than refuse to change a row
SOURCES = ("lianxin/", "config/", "bin/")


@cache
def trees(*folders):
    return [
        (name, ast.parse(text))
        for name, text in files("*.py")
        if name.startswith(folders) and "/migrations/" not in name
    ]


def test_code_names_no_place():
    presets = [folder.name for folder in (ROOT / "presets").iterdir() if folder.is_dir() and folder.name != "_base"]
    assert presets, "the presets are where the places are named"
    names = "|".join([*PLACES, *(rf"\b{name}\b" for name in presets)])
    assert found(rf"(?i){names}", "*.py", "*.html", "*.js", "*.css", under="lianxin/") == []


def test_numbers_are_checked_by_named_constraints():
    assert found(r"\bPositive(Small|Big)?IntegerField\b", "*.py", under="lianxin/") == []


def test_no_error_is_swallowed():
    assert [where for name, tree in trees(*SOURCES) for where in swallowed(name, tree)] == []


def swallowed(name, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else ""
            does_nothing = all(isinstance(step, ast.Pass) for step in node.body)
            if not node.type or (caught in ("Exception", "BaseException") and does_nothing):
                yield f"{name}:{node.lineno} {caught}"


def test_nothing_is_called_a_manager_service_helper_or_util():
    classes = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees(*SOURCES)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and CALLED_NOTHING.search(node.name) and node.name not in DJANGO_CALLS_IT_SO
    ]
    modules = [name for name, _ in trees(*SOURCES) if CALLED_NOTHING.search(name.removesuffix(".py").title())]
    assert classes + modules == []


def test_saving_a_row_does_nothing_else():
    assert [where for name, tree in trees("lianxin/") for where in overridden_saves(name, tree)] == []


def overridden_saves(name, tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name not in REFUSES:
            bases = " ".join(ast.unparse(base) for base in node.bases)
            is_model = re.search(r"Model|Record|Grown", bases) and "Form" not in bases
            verbs = [f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "save"]
            yield from (f"{name}:{verb.lineno}" for verb in verbs if is_model)


def test_business_is_not_done_by_signals():
    assert found(r"\b(pre|post)_(save|delete|init)\b|m2m_changed", "*.py", under="lianxin/") == []


def test_every_test_runs():
    marks = r"pytest\.mark\.(skip|skipif|xfail)|pytest\.(skip|xfail|importorskip)\(|unittest\.skip"
    assert found(marks, "*.py", under="tests/", besides=("tests/contracts/test_house_rules.py",)) == []


def test_what_is_imported_is_wanted_in_run_in():
    wanted = (ROOT / "requirements" / "run.in").read_text().splitlines()
    packages = {re.split(r"[\[<>=]", line)[0].lower().replace("-", "_") for line in wanted if not line.startswith("#")}
    known = packages | {IMPORTED_AS.get(package, package) for package in packages}
    assert {f"{module} in {name}" for name, module in imported() if module not in known} == set()


IMPORTED_AS = {
    "argon2_cffi": "argon2",
    "django_allauth": "allauth",
    "django_axes": "axes",
    "django_csp": "csp",
    "markdown_it_py": "markdown_it",
    "pillow": "pil",
    "pydantic": "pydantic_core",
    "python_dateutil": "dateutil",
    "python_docx": "docx",
    "pyyaml": "yaml",
}


def imported():
    """Every third-party module that the product imports, with the file that does."""
    for name, tree in trees("lianxin/", "config/"):
        for node in ast.walk(tree):
            modules = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules = [node.module or ""]
            for module in modules:
                top = module.split(".")[0]
                if top not in sys.stdlib_module_names and top not in ("lianxin", "config"):
                    yield name, top.lower()


@pytest.mark.parametrize(
    "code",
    ["try:\n    x()\nexcept:\n    y()", "try:\n    x()\nexcept Exception:\n    pass"],
)
def test_a_swallowed_error_is_seen(code):
    assert list(swallowed("a.py", ast.parse(code)))
