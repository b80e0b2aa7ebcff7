"""What is said of a promise to a suggestion."""

from typing import Any

from lianxin.affairs.opinions.forms.units import KeptForm
from lianxin.affairs.suggestions.actions import answering


class PromiseKeptForm(KeptForm):
    """A promise to a suggestion was kept."""

    def verb(self, **facts: Any) -> None:
        """Note that it was kept."""
        answering.keep_promise(self.thing, **facts)
