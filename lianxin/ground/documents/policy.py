"""What can be done with papers beside issuing them, which is a right over what they are about."""

from django.utils.translation import gettext_lazy

from lianxin.ground.access.policy import Action

ACTIONS = (
    Action("documents.see_book", gettext_lazy("看发文登记簿")),
    Action("documents.set_templates", gettext_lazy("定公文的模板")),
)
