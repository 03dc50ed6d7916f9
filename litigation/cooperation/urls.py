"""Addresses of contacts, joint meetings and their decisions."""

from django.urls import path

from litigation.cooperation import pages

urlpatterns = [
    path("contacts/", pages.contact_list, name="contact_list"),
    path("contacts/new/", pages.contact_new, name="contact_new"),
    path("contacts/<int:pk>/", pages.contact_detail, name="contact_detail"),
    path("contacts/<int:pk>/<str:name>/", pages.contact_action, name="contact_action"),
    path("meetings/", pages.meeting_list, name="meeting_list"),
    path("meetings/new/", pages.meeting_new, name="meeting_new"),
    path("meetings/<int:pk>/", pages.meeting_detail, name="meeting_detail"),
    path("meetings/<int:pk>/<str:name>/", pages.meeting_action, name="meeting_action"),
    path("decisions/<int:pk>/<str:name>/", pages.decision_action, name="decision_action"),
]
