"""Pages about who may come in, who is in, and what was recorded."""

from django.urls import path

from lianxin.ground.access.views import account, entering, grants, library, posts, proposals, record, rules, staff

app_name = "access"
urlpatterns = [
    path("invitation/", entering.invitation, name="invitation"),
    path("invitation/accept/", entering.accept, name="accept"),
    path("accounts/", account.account, name="account"),
    path("accounts/second-step/", account.second_step, name="second_step"),
    path("accounts/demo/", entering.demo, name="demo"),
    path("accounts/sessions/end/", account.end_other_sessions, name="end_other_sessions"),
    path("accounts/sessions/<int:pk>/end/", account.end_session, name="end_session"),
    path("desk/staff/", staff.staff, name="staff"),
    path("desk/staff/invite/", staff.invite, name="invite"),
    path("desk/staff/posts/", posts.posts, name="posts"),
    path("desk/staff/posts/<uuid:pk>/fill/", posts.fill_post, name="fill_post"),
    path("desk/staff/posts/<uuid:pk>/dismiss/", posts.dismiss_post, name="dismiss_post"),
    path("desk/staff/<uuid:pk>/", staff.person, name="person"),
    path("desk/staff/<uuid:pk>/reinvite/", staff.reinvite, name="reinvite"),
    path("desk/staff/<uuid:pk>/unlock/", staff.unlock, name="unlock"),
    path("desk/staff/<uuid:pk>/leave/", staff.leave, name="leave"),
    path("desk/staff/<uuid:pk>/grant/", grants.grant, name="grant"),
    path("desk/staff/<uuid:pk>/grants/<uuid:grant_pk>/end/", grants.end_grant, name="end_grant"),
    path("rules/", library.library, name="library"),
    path("desk/rules/", rules.rules, name="rules"),
    path("desk/rules/check/", rules.check, name="check_rules"),
    path("desk/rules/open/", rules.fill, name="fill_rules"),
    path("desk/rules/propose/", rules.propose, name="propose_rules"),
    path("desk/rules/proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("desk/rules/proposals/<uuid:pk>/<slug:kind>/", proposals.decide, name="decide_rules"),
    path("desk/record/", record.record, name="record"),
    path("desk/record/sign-ins/", record.sign_ins, name="sign_ins"),
]
