"""The section `demo` of a preset: how many made-up people and stations a platform with made-up people begins with."""

from pydantic import Field

from lianxin.ground.rulebook.blocks import NONE, Block, Count, Named, Text


class Seats(Block):
    """How many deputies of each level; township seats are those of one township."""

    township: Count = 45
    county: Count = 120
    city: Count = 6
    province: Count = 2
    national: Count = 1


class Terms(Block):
    """The number of the running term of each level. Nation and provinces elected the 14th in 2023, all at once."""

    township: Count = 7
    county: Count = 7
    city: Count = 7
    province: Count = 14
    national: Count = 14


class Opinions(Block):
    """How many opinions were told in all, and how many of them are still handled; the others were answered."""

    received: Count
    running: Count


class DemoRules(Block):
    """Numbers of a demonstration: those of the published account where it tells any, the others ours.

    `districts` is how many electoral districts each county has. `stations` is how many there are of a kind in all; spread
    over the places of the level at which the kind stands. `opinions` is left out where no account tells how many there were. Of a kind under `stations_at`, one stands in each place named
    there by its code, and those of other kinds leave these places alone. `ties` is with how many contact is kept by a
    scheme in all, where the account tells that and not how many each deputy has.
    """

    seats: Seats = Field(default_factory=Seats)
    terms: Terms = Field(default_factory=Terms)
    districts: Count = 40
    stations: Named[Count] = NONE
    stations_at: Named[tuple[Text, ...]] = NONE
    ties: Named[Count] = NONE
    opinions: Opinions | None = None
