"""Addresses of nonconformities beside those of every register."""

from django.urls import path

from guiju.modules.nonconformities import pages

app_name = "nonconformities"
urlpatterns = [
    path("nonconformities/<str:number>/decide-cause/", pages.decide_cause, name="decide_cause"),
    path("nonconformities/<str:number>/similar/", pages.similar, name="similar"),
    path("nonconformities/<str:number>/plan-action/", pages.plan_action, name="plan_action"),
]
