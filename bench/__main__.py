"""`./bin/bench [NAME …]`: measure, print the tables, and with --write put them into docs/bench.md."""

import importlib
import os
import sys
import tempfile
from pathlib import Path

NAMES = ("web", "record", "roster")
PAGE = Path(__file__).parent.parent / "docs" / "bench.md"
HEAD = """# What it costs

Made by `./bin/bench --write`. A figure is to be read against the yardstick of the same run: seconds differ between machines, ratios
hardly do. The bare page is a Django project of its own with one template and no session; `bare pages` compares what the
processes that serve computed for a page, which other work on the machine hardly touches.

"""


def main(arguments: list[str]) -> int:
    """Measure what is named, or everything."""
    names = [name for name in arguments if not name.startswith("-")] or NAMES
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as home:
        os.environ["LIANXIN_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from bench.report import Report

        report = Report()
        for name in names:
            print(f"› {name}", flush=True)
            importlib.import_module(f"bench.{name}").run(report)
    print("\n" + report.markdown())
    if "--write" in arguments:
        PAGE.write_text(HEAD + report.markdown(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
