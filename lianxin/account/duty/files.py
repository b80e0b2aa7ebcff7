"""Regulations, read, checked, and made ready to work with: of a file of its own, or those of a preset."""

from dataclasses import dataclass
from pathlib import Path as FilePath

from lianxin.account.duty.compiling import compiled
from lianxin.account.duty.language.regulation import RegulationRule
from lianxin.account.duty.rules import DutyRules
from lianxin.ground.rulebook.loading import load_one
from lianxin.ground.rulebook.preset import Preset
from lianxin.lib.scoring.spec import Regulation

EACH = "regulation"  # how the file of a regulation begins in a preset


@dataclass(frozen=True)
class Written:
    """A regulation as it is written and as it is worked out; its code is the name of its file."""

    code: str
    rule: RegulationRule
    regulation: Regulation


def read(file: FilePath) -> Written:
    """The regulation of a file. Raises OSError, RulesRefused with every mistake."""
    return read_text(file.name, file.read_bytes())


def read_text(name: str, content: bytes) -> Written:
    """The regulation of the content of a file of that name. Raises RulesRefused with every mistake."""
    rule = load_one(EACH, name, content)
    assert isinstance(rule, RegulationRule)
    code = name.rpartition(".")[0].removeprefix(f"{EACH}-") or name
    return Written(code, rule, compiled(code, rule))


def regulations_of(preset: Preset) -> dict[str, Written]:
    """Every regulation of a preset by its code."""
    rules = preset.section(DutyRules).regulations
    return {code: Written(code, rule, compiled(code, rule)) for code, rule in rules.items()}
