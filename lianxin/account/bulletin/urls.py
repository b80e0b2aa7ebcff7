"""Addresses of the bulletin."""

from django.urls import path

from lianxin.account.bulletin.views import desk, public

app_name = "bulletin"
urlpatterns = [
    path("bulletin/", public.issues, name="public"),
    path("bulletin/<int:number>/", public.issue, name="public_issue"),
    path("bulletin/<int:number>/<slug:form>.pdf", public.pdf, name="pdf"),
    path("bulletin/<int:number>/bulletin.docx", public.docx, name="docx"),
    path("bulletin/<int:number>/roots.txt", public.roots, name="roots"),
    path("bulletin/<int:number>/lists/<str:figure>/", public.counted, name="counted"),
    path("feeds/bulletin.atom", public.feed, name="feed"),
    path("desk/bulletin/", desk.issues, name="issues"),
    path("desk/bulletin/<uuid:pk>/", desk.issue, name="issue"),
    path("desk/bulletin/<uuid:pk>/add/", desk.add, name="add"),
    path("desk/bulletin/<uuid:pk>/move/", desk.move, name="move"),
    path("desk/bulletin/<uuid:pk>/proof/", desk.proof, name="proof"),
    path("desk/bulletin/<uuid:pk>/entries/<uuid:item>/", desk.item, name="item"),
    path("desk/bulletin/<uuid:pk>/entries/<uuid:item>/agree/", desk.agree, name="agree"),
    path("desk/bulletin/<uuid:pk>/<slug:kind>/", desk.act, name="act"),
    path("lead/bulletin/<uuid:pk>/", desk.to_sign, name="to_sign"),
    path("lead/bulletin/<uuid:pk>/<slug:kind>/", desk.sign, name="sign"),
]
