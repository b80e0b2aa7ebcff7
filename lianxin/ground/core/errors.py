"""Errors that are told to people: what happened, why, and what to do next, in their words."""

from django.utils.functional import Promise


class RuleError(Exception):
    """A rule of the work does not allow this. The text is shown to the person as it stands.

    Every app keeps its own subclasses in its `errors.py`, so that all its words stand in one place.
    """

    def __init__(self, text: str | Promise):
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)
