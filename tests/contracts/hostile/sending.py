"""Values that no form asks for, and bodies that no browser sends: drawn by hypothesis, the same in every process."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus
from uuid import UUID

from hypothesis import strategies as st

from tests.contracts.hostile.pages import Form

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=eDgE"
NIL = UUID(int=0)
DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-1-1", "昨天", "２０２６-01-01")
NUMBERS = ("-1", "0", "1", "2147483648", "9223372036854775808", "9" * 400, "1e999", "NaN", "-0.5", "１２", "0x10", "٣")
IDS = (str(NIL), "not-an-id", f"unit:{NIL}", "mandate:", ":", f"{{{NIL}}}", str(NIL).replace("-", ""))
NAUGHTY = (
    *(
        "",
        " ",
        "\u3000\n\t",
        "\0",
        "路灯\0不亮",
        "\u202e\u2066亮不灯路",
        "\u200b\ufeff",
        "\ud800",
        "a\udfffb",
        "\U0010ffff",
    ),
    *(
        "<script>alert(1)</script>",
        '"><img src=x onerror=1>',
        "{{ 7 }}{% now %}",
        "%s%n%(x)s",
        "{0.__class__}",
        "$(id)",
    ),
    *("'; DROP TABLE core_event; --", "%", "_", "\\", "../../../etc/passwd", "javascript:alert(1)", "//evil.example/"),
    *("\r\nSet-Cookie: a=b", "https://[", "http://a b", "a@b", "x@" + "a" * 300 + ".example", "+86 138-0000 １２３４"),
    *("😀👩‍👧🇨🇳", "n" + "\u0301" * 400, "ﷺ", "on", "true", "null", "[]", "{}", "[object Object]", "\x1b[2J", "=1+1"),
    *("[" * 3000, '{"id": 1, "rawId": [], "response": {"clientDataJSON": 7}}', '{"type":"public-key","response":null}'),
)
LONG = ("路" * 100_000, "a" * 100_000, "é\n" * 20_000, "9" * 5_000, "(" * 50_000)
FILES = (
    b"",
    b"plain text",
    b"\xff\xd8\xff\xe0 no picture",
    b"PK\x03\x04 no archive",
    b"\x89PNG\r\n\x1a\n",
    b"\0" * 2000,
)
FILE_NAMES = (
    "",
    "IMG.jpg",
    "../../x.py",
    "a" * 300 + ".jpg",
    "路灯.heic",
    "nul\0.png",
    'q"uote.xlsx',
    "\u202egpj.exe",
    ".",
)
BROKEN_BODIES = (
    (URLENCODED, b"%"),
    (URLENCODED, b"words=%ZZ%F%&words=%C0%AF&=&&;;"),
    (URLENCODED, b"\xff\xfe\x00words=\xb7\xb5&\xb5\xc6=1"),
    (URLENCODED, b"&".join(b"a%d=1" % n for n in range(1200))),
    ("application/x-www-form-urlencoded; charset=utf-16", "words=路灯".encode("utf-16")),
    ("application/x-www-form-urlencoded; charset=no-such", b"words=x"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
    ("multipart/form-data; boundary=\xe8", b"--x"),
    (MULTIPART, b""),
    (MULTIPART, b'--eDgE\r\nContent-Disposition: form-data; name="words"\r\n\r\ncut off'),
    (MULTIPART, b"--eDgE\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--eDgE--\r\n"),
    (MULTIPART, b"--eDgE\r\nno header at all\r\n--eDgE\r\n\r\n\r\n--eDgE--\r\n"),
    (
        MULTIPART,
        b'--eDgE\r\nContent-Disposition: form-data; name="photos"; filename="x"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!not base64\r\n--eDgE--\r\n",
    ),
    (
        MULTIPART,
        b"--eDgE\r\nContent-Disposition: form-data; name=\"photos\"; filename*=no-such''%FF\r\n\r\nx\r\n--eDgE--\r\n",
    ),
    ("application/json", b'{"words": ["x"], "region": {"a": null}}'),
    ("application/json", b"{"),
    ("text/plain", b"words=x"),
    ("", b"words=x"),
    ("\u8def\u706f".encode().decode("latin-1"), b"words=x"),
)


@dataclass
class Sent:
    """What goes to an address: what was put into which field, and as which body of which type it travels."""

    who: str
    address: str
    content_type: str
    body: bytes
    told: dict[str, list[str]] = field(default_factory=dict)
    by_htmx: bool = False

    def __repr__(self) -> str:
        """As short as a failure can be read."""
        return (
            f"{self.who} → {self.address} {self.content_type} {self.body[:400]!r}{' by htmx' if self.by_htmx else ''}"
        )


def value_for(kind: str, usual: list[str], ids: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Something for a field: what suits its kind ill, or something naughty, or what the page itself offers."""
    fitting = {"date": DAYS, "number": NUMBERS, "hidden": NUMBERS + IDS, "select": IDS, "radio": IDS, "checkbox": IDS}
    ill = st.sampled_from(fitting.get(kind, DAYS + NUMBERS) + ids)
    some = st.one_of(st.sampled_from(NAUGHTY), ill, st.text(max_size=30))
    offered = st.sampled_from(usual or [""])
    return st.one_of(offered, offered, some, some, some, some, st.sampled_from(LONG))


@st.composite
def bodies(draw: Any, choices: list[tuple[str, Form]], ids: tuple[str, ...]) -> Sent:
    """One letter to the address of a form, by somebody who has the form."""
    who, form = draw(st.sampled_from(choices))
    by_htmx = draw(st.sampled_from((False, False, False, True)))
    if draw(st.integers(0, 5)) == 0:
        content_type, body = draw(st.sampled_from(BROKEN_BODIES))
        return Sent(who, form.action, content_type, body, by_htmx=by_htmx)
    told = {}
    for name, kind in form.kinds.items():
        times = draw(st.sampled_from((1, 1, 1, 1, 1, 1, 0, 2)))
        told[name] = [draw(value_for(kind, form.values[name], ids)) for _time in range(times)]
    if draw(st.integers(0, 7)) == 0:
        told[draw(st.sampled_from(("extra", "id", "by", "at", "\0", "next", "__class__")))] = [
            draw(value_for("", [], ids))
        ]
    if draw(st.integers(0, 2)) == 0 or "file" in form.kinds.values():
        files = {name for name, kind in form.kinds.items() if (kind == "file") != (draw(st.integers(0, 9)) == 0)}
        return Sent(who, form.action, MULTIPART, draw(_multipart(told, files)), told, by_htmx)
    pairs = [(name, value) for name, values in told.items() for value in values]
    body = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()
    return Sent(who, form.action, URLENCODED, body, told, by_htmx)


def _quoted(value: str) -> str:
    """As a browser writes it; one letter over and over as it is: it reads the same, and is not decoded for long."""
    return value if value in LONG and len(set(value)) == 1 else quote_plus(value.encode("utf-8", "surrogatepass"))


@st.composite
def _multipart(draw: Any, told: dict[str, list[str]], files: set[str]) -> bytes:
    parts = []
    for name, values in told.items():
        for value in values:
            head, content = f'Content-Disposition: form-data; name="{name}"', value.encode("utf-8", "surrogatepass")
            if name in files:
                head += f'; filename="{draw(st.sampled_from(FILE_NAMES))}"\r\nContent-Type: image/jpeg'
                content = draw(st.sampled_from(FILES))
            parts.append(b"--eDgE\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n")
    told_as_text = {name for name in told if name in files}
    for name in told_as_text:
        del told[name]
    return b"".join(parts) + b"--eDgE--\r\n"


@st.composite
def queries(draw: Any, names: list[str], ids: tuple[str, ...]) -> str:
    """What stands behind the question mark: known names and others, some doubled, some of them no text at all."""
    asked = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
    told = [f"{_quoted(name)}={_quoted(draw(value_for('hidden', ['1'], ids))[:2000])}" for name in asked]
    return "&".join(told + draw(st.sampled_from(([], [], ["%"], ["q=%FF%FE"], ["=&&"], ["a" * 3000]))))
