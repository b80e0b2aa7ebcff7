"""What the rows of a roster say, once every word of them was found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lianxin.ground.people.models import Body, Region, Term
from lianxin.ground.people.roster.sheets import Row

PERSON_KEYS = ("name", "sex", "ethnicity", "employer", "post", "phone", "is_phone_public")
MANDATE_KEYS = ("trade", "beginning", "starts_on")


@dataclass(frozen=True, slots=True, eq=False)
class DistrictLine:
    """One line of the sheet of districts: a district, and one place it covers."""

    row: Row
    congress: Body
    region: Region

    @property
    def number(self) -> str:
        """The district's number."""
        return str(self.row["number"])

    @property
    def facts(self) -> dict[str, Any]:
        """The columns of a district that the line fills."""
        return self.row.some(("name", "seats"))


@dataclass(frozen=True, slots=True, eq=False)
class DeputyLine:
    """One line of the sheet of deputies.

    `district` is a number that stands in the file or on the platform; `group` one that the platform knows.
    """

    row: Row
    congress: Body
    term: Term
    district: str
    electing_body: Body | None
    group: Body | None

    @property
    def name(self) -> str:
        """The deputy's name."""
        return str(self.row["name"])

    @property
    def card_number(self) -> str:
        """The number of the deputy's card."""
        return str(self.row["card_number"])

    @property
    def starts_on(self) -> date:
        """The first day of the mandate."""
        return self.row["starts_on"]

    @property
    def ends_on(self) -> date | None:
        """The last day of the mandate, where it has one."""
        return self.row.get("ends_on")

    @property
    def ending(self) -> str:
        """Why it ended; empty while it runs."""
        return str(self.row.get("ending", ""))

    @property
    def group_name(self) -> str:
        """What the deputies' group is called. Whose mandate has ended sits in none."""
        return "" if self.ends_on else str(self.row.get("group", ""))

    @property
    def person(self) -> dict[str, Any]:
        """The columns of a person that the line fills; what is blank stays as it is."""
        return self.row.some(PERSON_KEYS)

    @property
    def mandate(self) -> dict[str, Any]:
        """The columns of a mandate that the line fills, without the ending."""
        return self.row.some(MANDATE_KEYS)
