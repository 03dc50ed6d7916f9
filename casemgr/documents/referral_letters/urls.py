"""Addresses of the letters of referrals."""

from django.urls import path

from casemgr.documents.referral_letters import pages

urlpatterns = [
    path("referral-letters/<int:pk>/file/", pages.letter_file, name="referral_letter_file"),
    path("referral-letters/<int:pk>/actions/<str:name>/", pages.letter_action, name="referral_letter_action"),
]
