"""What was measured stands in tables under the machine and the day."""

from bench.report import Report, machine


def test_rows_of_a_table_stand_under_the_names_of_the_first() -> None:
    report = Report()
    report.add("Pages", page="person", SQL=4)
    report.add("Memory", what="server", MB=202)
    report.add("Pages", page="station", SQL=3)

    said = report.markdown()

    assert said.startswith(machine())
    assert "## Pages\n\n| page | SQL |\n|---|---|\n| person | 4 |\n| station | 3 |\n\n## Memory" in said


def test_the_machine_names_its_cores_and_python() -> None:
    assert " cores, Python 3." in machine()
