"""What was measured, as rows of a table."""

import os
import platform
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass
class Report:
    """Rows by table. A figure stands beside its yardstick of the same run; ratios compare, seconds only illustrate."""

    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, table: str, **row: object) -> None:
        """One more row; the columns of a table are those of its first row."""
        self.tables.setdefault(table, []).append({name: str(value) for name, value in row.items()})
        print(f"  {table}: " + ", ".join(f"{name} {value}" for name, value in row.items()), flush=True)

    def markdown(self, written: str = "") -> str:
        """All tables, each with a line that says where and when; those `written` earlier keep their place and theirs."""
        sections = {part.partition("\n")[0]: part.strip() for part in written.split("## ") if part.strip()}
        sections |= {table: self._section(table) for table in self.tables}
        return "\n\n".join(f"## {section}" for section in sections.values()) + "\n"

    def _section(self, table: str) -> str:
        rows = self.tables[table]
        names = list(rows[0])
        lines = [table, "", f"{machine()}, {date.today().isoformat()}", ""]
        lines += [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
        return "\n".join(lines + [f"| {' | '.join(row.get(name, '') for name in names)} |" for row in rows])


def machine() -> str:
    """The processor, the cores that may be used, and Python."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = next((line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")), "")
    cores = len(os.sched_getaffinity(0))
    return f"{model or platform.machine()}, {cores} cores, Python {platform.python_version()}"
