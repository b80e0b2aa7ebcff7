"""The word lists beside this file: words parted by spaces, and lines of comment that begin with #."""

from pathlib import Path

_DIRECTORY = Path(__file__).parent / "words"


def word_list(name: str) -> tuple[str, ...]:
    """The words of `words/<name>.txt`, in their order, each once."""
    lines = (_DIRECTORY / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(dict.fromkeys(word for line in lines if not line.startswith("#") for word in line.split()))
