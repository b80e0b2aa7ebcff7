"""When congresses of each level met: first when their term began, then once a year. Made up, like everything here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lianxin.ground.people.models.body import CongressLevel


@dataclass(frozen=True)
class Meeting:
    """One session of every congress of a level."""

    level: CongressLevel
    number: int
    starts_on: date
    ends_on: date


ELECTED_ON = {
    CongressLevel.TOWNSHIP: date(2021, 12, 20),
    CongressLevel.COUNTY: date(2021, 12, 27),
    CongressLevel.CITY: date(2022, 1, 10),
    CongressLevel.PROVINCE: date(2023, 1, 12),
    CongressLevel.NATIONAL: date(2023, 3, 5),
}
YEARLY = {  # month, day, and how many days it lasts
    CongressLevel.TOWNSHIP: (1, 20, 1),
    CongressLevel.COUNTY: (1, 5, 3),
    CongressLevel.CITY: (1, 9, 4),
    CongressLevel.PROVINCE: (1, 14, 5),
    CongressLevel.NATIONAL: (3, 5, 7),
}


def meetings(until: date) -> Iterator[Meeting]:
    """Every session that was over before `until`, level by level."""
    for level, elected_on in ELECTED_ON.items():
        month, day, lasts = YEARLY[level]
        first = elected_on.year + 1 if elected_on.month > month else elected_on.year
        yearly = (date(year, month, day) for year in range(first + 1, until.year + 1))
        for number, on in enumerate((elected_on, *yearly), start=1):
            if (ends_on := on + timedelta(days=lasts - 1)) < until:
                yield Meeting(level, number, on, ends_on)
