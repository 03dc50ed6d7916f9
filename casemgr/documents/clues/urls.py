"""Addresses of handovers to supervision organs."""

from django.urls import path

from casemgr.documents.clues import pages

urlpatterns = [
    path("clues/", pages.clue_list, name="clue_list"),
    path("clues/new/", pages.clue_new, name="clue_new"),
    path("clues/<int:pk>/", pages.clue_detail, name="clue_detail"),
    path("clues/<int:pk>/letter/<str:extension>/", pages.clue_letter, name="clue_letter"),
    path("clues/<int:pk>/<str:name>/", pages.clue_action, name="clue_action"),
]
