"""Addresses of hearings."""

from django.urls import path

from reconsideration.hearings import conduct_pages, pages

urlpatterns = [
    path("hearings/", pages.hearing_week, name="hearing_week"),
    path("hearings/all/", pages.hearing_list, name="hearing_list"),
    path("hearings/docket/<str:on>/", pages.hearing_docket, name="hearing_docket"),
    path("hearings/free/<int:pk>/", pages.hearing_slots, name="hearing_slots"),
    path("hearings/<int:pk>/", pages.hearing_detail, name="hearing_detail"),
    path("hearings/<int:pk>/course/", conduct_pages.hearing_begin, name="hearing_begin"),
    path("hearings/<int:pk>/course/<str:step>/", conduct_pages.hearing_step, name="hearing_step"),
    path("hearings/<int:pk>/<str:name>/", pages.hearing_action, name="hearing_action"),
]
