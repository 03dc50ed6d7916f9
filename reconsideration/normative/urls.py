"""Addresses of the register of normative documents."""

from django.urls import path

from reconsideration.normative import pages

urlpatterns = [
    path("normative/", pages.normative_list, name="normative_list"),
    path("normative/new/", pages.normative_new, name="normative_new"),
    path("normative/<int:pk>/", pages.normative_detail, name="normative_detail"),
    path("normative/<int:pk>/<str:name>/", pages.normative_action, name="normative_action"),
]
