"""Addresses of the reception register."""

from django.urls import path

from reconsideration.reception import pages

urlpatterns = [
    path("reception/", pages.visit_list, name="visit_list"),
    path("reception/new/", pages.visit_new, name="visit_new"),
    path("reception/<int:pk>/", pages.visit_detail, name="visit_detail"),
    path("reception/<int:pk>/<str:name>/", pages.visit_action, name="visit_action"),
]
