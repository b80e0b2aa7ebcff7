"""`./bin/bench [NAME …]`: measure, print the tables, and with --write put them into docs/bench.md.

`--events N`: record and scores are measured once more with so many (10000000 is a year of a large city, and takes an hour).
"""

import argparse
import importlib
import os
import sys
import tempfile
from pathlib import Path

NAMES = ("web", "record", "roster", "opinions", "papers", "scores")
PAGE = Path(__file__).parent.parent / "docs" / "bench.md"
HEAD = """# What it costs

Made by `./bin/bench --write`, whole, or a part by its name, which leaves the other tables as they were. A figure is to be read against
the yardstick of the same run: seconds differ between machines, ratios hardly do. The bare page is a Django project of its own with one
template and no session; `bare pages` compares what the processes that serve computed for a page, which other work on the machine hardly
touches. The plain pages are what Django itself asks of a page such as ours: somebody signed in, as many queries, thirty rows of
seven values, nothing of the platform. Requests differ in what they ask and, where somebody is signed in, in who asks; the
village of many deputies is one.

"""


def main(arguments: list[str]) -> int:
    """Measure what is named, or everything."""
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", choices=[*NAMES, []])
    options.add_argument("--write", action="store_true")
    options.add_argument("--events", type=int, default=0)
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="lianxin-bench-") as home:
        os.environ["LIANXIN_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from bench.report import Report

        report = Report()
        for name in asked.names or NAMES:
            print(f"› {name}", flush=True)
            more = {"events": asked.events} if name in ("record", "scores") else {}
            importlib.import_module(f"bench.{name}").run(report, **more)
    print("\n" + report.markdown())
    if asked.write:
        written = PAGE.read_text(encoding="utf-8").partition("\n## ")[2] if asked.names else ""
        PAGE.write_text(HEAD + report.markdown("## " + written), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
