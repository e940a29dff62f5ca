"""Addresses of a document's revisions, below an organization."""

from django.urls import path

from guiju.modules.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<str:number>/revision/<int:position>/", views.revision, name="revision"),
    path("documents/<str:number>/alone/", views.alone, name="alone"),
]
