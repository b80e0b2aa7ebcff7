"""The words with which bodies and memberships say no."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianxin.ground.core.errors import RuleError

if TYPE_CHECKING:
    from lianxin.ground.people.models import Body, Mandate, Person


class BodyNameKept(RuleError):
    """The new name is the old one, or none."""

    def __init__(self, body: "Body"):
        super().__init__(_("新名称没有填，或者和现在的“%(name)s”一样。请填新名称。") % {"name": body.name})


class BodyThere(RuleError):
    """A body of that name runs already."""

    def __init__(self, name: str):
        super().__init__(_("已经有一个叫“%(name)s”的机构了。要另设一个，请换一个名称。") % {"name": name})


class BodyEnded(RuleError):
    """The body is no more."""

    def __init__(self, body: "Body"):
        super().__init__(_("%(body)s已经撤销，不能再改。") % {"body": body.name})


class BodyHasParts(RuleError):
    """The body still has bodies that it formed."""

    def __init__(self, body: "Body", part: "Body"):
        super().__init__(
            _("%(body)s下面还有%(part)s等机构，不能撤销。请先撤销下属机构。") % {"body": body.name, "part": part.name}
        )


class BodyHasDeputies(RuleError):
    """Mandates in the congress still run."""

    def __init__(self, body: "Body", held: "Mandate"):
        super().__init__(
            _("%(body)s还有%(name)s等代表在任，不能撤销。请先登记他们的代表资格终止。")
            % {"body": body.name, "name": held.person.name}
        )


class MemberAlready(RuleError):
    """The person sits in the body already."""

    def __init__(self, person: "Person", body: "Body"):
        super().__init__(
            _("%(person)s已经在%(body)s任这个职务，不用再加。") % {"person": person.name, "body": body.name}
        )


class MemberGone(RuleError):
    """The person has left the body already."""

    def __init__(self, person: "Person", body: "Body"):
        super().__init__(_("%(person)s已经离开%(body)s了。") % {"person": person.name, "body": body.name})
