"""What was measured stands in tables under the machine and the day."""

from datetime import date

from bench.report import Report, machine


def test_rows_of_a_table_stand_under_the_names_of_the_first() -> None:
    report = Report()
    report.add("Pages", page="person", SQL=4)
    report.add("Memory", what="server", MB=202)
    report.add("Pages", page="station", SQL=3)

    said = report.markdown()

    where = f"{machine()}, {date.today().isoformat()}"
    assert f"## Pages\n\n{where}\n\n| page | SQL |\n|---|---|\n| person | 4 |\n| station | 3 |\n\n## Memory" in said


def test_a_table_that_was_not_measured_stays_as_it_was_written() -> None:
    report = Report()
    report.add("Memory", what="server", MB=190)

    said = report.markdown(
        "## Pages\n\nthere, then\n\n| page |\n|---|\n| person |\n\n## Memory\n\n| what |\n|---|\n| old |\n"
    )

    assert said.startswith("## Pages\n\nthere, then\n\n| page |\n|---|\n| person |\n\n## Memory\n\n")
    assert "old" not in said
    assert said.endswith("| server | 190 |\n")


def test_the_machine_names_its_cores_and_python() -> None:
    assert " cores, Python 3." in machine()
