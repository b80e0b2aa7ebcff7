"""The text tools on plain files: `python -m lianxin.lib.text --help`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from . import LIKELY, PartKind, PrivateKind, clean, difference, find, likeness, masked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 if it answered, 1 if a file cannot be read (the reason is on the error stream)."""
    options = _parser().parse_args(arguments)
    try:
        options.command(options)
    except OSError as error:
        print(f"读不了{error.filename}：{error.strerror}", file=sys.stderr)
        return 1
    except UnicodeDecodeError:
        print("文件不是 UTF-8 编码的文字，请另存为 UTF-8 再试。", file=sys.stderr)
        return 1
    return 0


def _read(path: Path) -> str:
    """The file's text as it would be stored, cleaned."""
    return clean(path.read_text(encoding="utf-8-sig"))


def _private(options: argparse.Namespace) -> None:
    text = _read(options.file)
    if options.mask:
        print(masked(text))
        return
    findings = find(text)
    for found in findings:
        line = text.count("\n", 0, found.start) + 1
        print(f"第{line}行 {_KINDS[found.kind]}：{text[found.start : found.end]}")
    print(f"共{len(findings)}处。")


_KINDS = {
    PrivateKind.ID_NUMBER: "身份证号",
    PrivateKind.BANK_CARD: "银行卡号",
    PrivateKind.EMAIL: "电子邮箱",
    PrivateKind.PHONE: "电话号码",
    PrivateKind.PLATE: "车牌号",
    PrivateKind.WECHAT: "微信号",
    PrivateKind.ADDRESS: "门牌",
    PrivateKind.NAME: "姓名",
}


def _likeness(options: argparse.Namespace) -> None:
    found = likeness(_read(options.before), _read(options.after))
    judged = "可能说的是同一件事" if found.share >= LIKELY else "看不出说的是同一件事"
    print(f"相似{found.share:.0%}，{judged}。" + (f"都说：{'、'.join(found.shared)}。" if found.shared else ""))


def _difference(options: argparse.Namespace) -> None:
    parts = difference(_read(options.before), _read(options.after))
    print("".join(_MARKS[part.kind].format(part.text) for part in parts))


_MARKS = {PartKind.SAME: "{}", PartKind.REMOVED: "[-{}-]", PartKind.ADDED: "{{+{}+}}"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lianxin.lib.text", description="查隐私信息、比两段文字")
    commands = parser.add_subparsers(required=True, metavar="命令")

    private = commands.add_parser("private", help="找出文字里的隐私信息：证件、电话、车牌、姓名、门牌等")
    private.add_argument("file", type=Path, metavar="文件")
    private.add_argument("--mask", action="store_true", help="不列出来，而是把隐去以后的全文打印出来")
    private.set_defaults(command=_private)

    for name, command, told in (
        ("likeness", _likeness, "两段文字有多像，都说了哪些词"),
        ("difference", _difference, "第二段文字比第一段改了什么：[-删去-]、{+新增+}"),
    ):
        pair = commands.add_parser(name, help=told)
        pair.add_argument("before", type=Path, metavar="文件一")
        pair.add_argument("after", type=Path, metavar="文件二")
        pair.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
