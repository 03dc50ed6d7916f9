"""Addresses of the practice system's pages."""

from django.urls import path

from casemgr.operation.practice import views

urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/reset/", views.practice_reset, name="practice_reset"),
]
