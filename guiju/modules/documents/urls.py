"""Addresses of a document's revisions, below an organization."""

from django.urls import path

from guiju.modules.documents import views
from guiju.modules.documents.approval import remarks_page
from guiju.modules.documents.checkout import pages as checkout
from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.confidential import pages as confidential
from guiju.modules.documents.filling import pages as filling

app_name = "documents"
urlpatterns = [
    path("documents/<str:number>/revision/<int:position>/", views.revision, name="revision"),
    path("documents/<str:number>/confidential/", confidential.confidential, name="confidential"),
    path("documents/<str:number>/check-out/", checkout.take, name="check_out"),
    path("documents/<str:number>/check-in/", checkout.check_in, name="check_in"),
    path("documents/<str:number>/give-back/", checkout.give_back, name="give_back"),
    path("documents/<str:number>/end-check-out/", checkout.end, name="end_check_out"),
    path("documents/<str:number>/fill/", filling.fill, name="fill"),
    path("documents/<str:number>/compare/", comparing.page, name="compare"),
    path("documents/<str:number>/remark/", remarks_page.make, name="remark"),
    path("documents/<str:number>/remarks/<uuid:remark>/", remarks_page.answer, name="answer"),
    path("documents/<str:number>/alone/", views.alone, name="alone"),
]
