"""What can be done to people and places."""

from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("people.edit_region", _("改动地方")),
    Action("people.edit_body", _("改动机构")),
    Action("people.edit_person", _("改动人员")),
    Action("people.edit_unit", _("改动承办单位")),
    Action("people.import_roster", _("导入名册")),
    Action("people.export_roster", _("导出名册")),
    Action("people.amend_person", _("改动个人资料"), own=lambda user, person: person.user_id == user.pk),
    Action("people.see_phone", _("看手机号"), own=lambda user, person: person.user_id == user.pk),
)
