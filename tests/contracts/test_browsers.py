"""Pages are whole in browsers back to Chrome 99 and Safari 15.4 (both of March 2022).

A property or function younger than those stands in one of the two tables below, or the test fails: `HARMLESS` ones are
passed over by an older browser and the page stays whole; `NEEDS_FALLBACK` ones need the older way in the same rule
before them. Everything in `KNOWN` is older. A property that stands nowhere was not looked at yet.
"""

import re
from collections.abc import Iterator

import pytest

from tests.contracts.sources import files

OLD = """
align-content align-items align-self appearance aspect-ratio background background-color background-image
background-position background-repeat background-size border border-bottom border-bottom-color border-bottom-width
border-collapse border-color border-left border-left-color border-radius border-right border-style border-top
border-top-color border-width bottom box-shadow box-sizing break-after break-before break-inside clip-path color
color-scheme column-gap columns content cursor display fill fill-opacity flex flex-basis flex-direction flex-grow
flex-shrink flex-wrap font font-family font-size font-style font-variant-numeric font-weight gap grid-auto-columns
grid-auto-flow grid-auto-rows grid-column grid-row grid-template-areas grid-template-columns grid-template-rows grid-area
height inset justify-content justify-items justify-self left letter-spacing line-break line-height list-style margin
margin-block margin-bottom margin-inline margin-left margin-right margin-top max-height max-width min-height min-width
object-fit object-position opacity order orphans outline outline-color outline-offset overflow overflow-wrap overflow-x overflow-y
padding padding-block padding-bottom padding-inline padding-left padding-right padding-top place-content place-items
pointer-events position resize right row-gap scroll-margin-top scroll-padding scroll-padding-right scroll-padding-top size stroke
stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width tab-size table-layout text-align text-anchor text-decoration
text-decoration-color text-decoration-style text-decoration-thickness text-indent text-overflow text-transform
text-underline-offset top touch-action transform transform-origin transition transition-duration
vector-effect vertical-align visibility white-space widows width word-break word-spacing writing-mode z-index
"""
KNOWN = set(OLD.split())
PREFIXED = {"-webkit-appearance", "-webkit-print-color-adjust", "-webkit-text-size-adjust", "-webkit-user-select"}
HARMLESS = {  # name → since Chrome, since Safari, what an older browser shows
    "content-visibility": (85, 18, "a script opens what is folded before it prints"),
    "print-color-adjust": (136, 15.4, "the prefixed name stands before it"),
    "text-autospace": (140, 18.4, "no hair space between Chinese and digits"),
    "text-spacing-trim": (123, 99, "full-width punctuation at line starts"),
    "text-size-adjust": (54, 99, "the prefixed name stands before it"),
    "text-wrap": (114, 17.4, "headings break where the line ends"),
    "user-select": (54, 99, "the prefixed name stands before it, or one selects by hand"),
    "hyphens": (88, 17, "English words are not divided"),
}
NEEDS_FALLBACK = {  # a pattern in a value → since Chrome, since Safari
    r"\d(dvh|svh|lvh|dvw|svw|lvw)\b": (108, 15.4),
    r"\bcolor-mix\(": (111, 16.2),
    r"\b(oklch|oklab|lab|lch|color)\(": (111, 15.4),
    r"\d(cqw|cqh|cqi|lh|rlh)\b": (109, 16.4),
    r"^overflow:\s*clip\b": (90, 16),
    r"gradient\(.*, transparent\)": (26, 15.4),  # WebKitGTK of 2022 fades through grey: fade to the colour with alpha 0
    r"^text-decoration: \w+ ": (89, 18.2),  # several values at once
}
REFUSED = {  # a pattern in a selector or an at-rule: an older browser drops the whole rule
    r":has\(": "Chrome 105",
    r"&": "nesting: Chrome 112, Safari 16.5",
    r"@container\b": "Chrome 105, Safari 16",
    r"@scope\b": "Chrome 118, Safari 17.4",
    r"@starting-style\b": "Chrome 117, Safari 17.5",
    r"@property\b": "Safari 16.4",
    r"@view-transition\b": "Chrome 126, Safari 18.2",
    r"@media[^{]*[<>]": "range syntax: Chrome 104, Safari 16.4",
    r":(user-invalid|user-valid|popover-open|open|state\(|dir\()": "Chrome 114 and later",
}
YOUNG_SCRIPT = {
    r"\.(toSorted|toReversed|toSpliced|findLast|findLastIndex|groupBy|with)\(": "Chrome 97 to 117, Safari 15.4 to 17.4",
    r"\bArray\.fromAsync\b|\bPromise\.(withResolvers|try)\b|\bObject\.groupBy\b": "Chrome 117 and later",
    r"\.(showPopover|hidePopover|togglePopover)\(|\bcommandfor\b|\bpopovertarget\b": "Chrome 114, Safari 17",
    r"\bscheduler\.|\bURLPattern\b|\bstartViewTransition\b|\bNavigation\b": "Chrome alone or later",
}


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Every selector or at-rule with the declarations that stand directly in it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    open_rules: list[list[str]] = [["", ""]]
    for piece in re.findall(r"""(?:"[^"]*"|'[^']*'|[^{};"'])+|[{};]""", css):
        if piece == "{":
            head = open_rules[-1][1].rpartition(";")[2]
            open_rules[-1][1] = open_rules[-1][1].removesuffix(head)
            open_rules.append([head.strip(), ""])
        elif piece == "}":
            yield tuple(open_rules.pop())
        else:
            open_rules[-1][1] += piece
    yield tuple(open_rules.pop())


def declarations(block: str) -> list[tuple[str, str]]:
    """Name and value of each declaration of a block, in order."""
    pairs = (line.partition(":") for line in block.split(";") if ":" in line)
    return [(name.strip(), value.strip()) for name, _colon, value in pairs]


def faults(css: str) -> Iterator[str]:
    """What an older browser would not understand, where the page would not be whole without it."""
    for head, block in rules(css):
        yield from (f"{head}: {why}" for pattern, why in REFUSED.items() if re.search(pattern, head))
        before: list[str] = []
        for name, value in declarations(block):
            if not (name.startswith("--") or name in KNOWN or name in PREFIXED or name in HARMLESS):
                yield f"{head}: {name} was not looked at"
            young = [pattern for pattern in NEEDS_FALLBACK if re.search(pattern, f"{name}: {value}")]
            if young and name not in before:
                yield f"{head}: {name}: {value} has no older way before it"
            before.append(name)


def test_stylesheets_are_whole_in_older_browsers():
    sheets = list(files("*.css", under="lianxin/"))
    assert len(sheets) > 5
    assert [f"{name}: {fault}" for name, css in sheets for fault in faults(css)] == []


def test_harmless_properties_are_those_that_are_younger():
    assert not HARMLESS.keys() & KNOWN


@pytest.mark.parametrize(
    "css",
    [
        "a:has(b) { color: red }",
        "a { b & { color: red } }",
        "@container (width > 3rem) { a { color: red } }",
        "@media (width >= 3rem) { a { color: red } }",
        "@layer x { a { height: 100dvh } }",
        "a { color: color-mix(in srgb, red, blue) }",
        "a { translate: 0 1px }",
        "a { field-sizing: content }",
        "a { background: linear-gradient(red, transparent) }",
    ],
)
def test_what_is_too_young_is_seen(css):
    assert list(faults(css))


@pytest.mark.parametrize(
    "css",
    [
        "@layer x { a { height: 100vh; height: 100dvh } }",
        "p { text-wrap: pretty }",
        'a::before { content: "{;}"; color: red }',
        "a { background: linear-gradient(red 50%, transparent 50%) }",
        ":root { --x: 1px }",
        "/* a:has(b) {} */ a { color: red }",
        "@media (min-width: 60rem) { a { margin: 0 } }",
    ],
)
def test_what_is_old_or_has_a_fallback_is_not(css):
    assert list(faults(css)) == []


def test_scripts_run_in_older_browsers():
    young = re.compile("|".join(YOUNG_SCRIPT))
    own = [(name, text) for name, text in files("*.js", under="lianxin/")]
    assert own
    assert [name for name, text in own if young.search(text)] == []
