"""Addresses of the committee's register."""

from django.urls import path

from reconsideration.committee import pages

urlpatterns = [
    path("committee/", pages.member_list, name="committee_members"),
    path("committee/new/", pages.member_new, name="committee_member_new"),
    path("committee/<int:pk>/", pages.member_detail, name="committee_member"),
    path("committee/<int:pk>/<str:name>/", pages.member_action, name="committee_member_action"),
]
