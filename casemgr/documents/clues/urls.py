"""Addresses of handovers to supervision organs."""

from django.urls import path, re_path

from casemgr.documents.clues import pages

urlpatterns = [
    path("clues/", pages.clue_list, name="clue_list"),
    path("clues/new/", pages.clue_new, name="clue_new"),
    path("clues/<int:pk>/", pages.clue_detail, name="clue_detail"),
    re_path(r"^clues/(?P<pk>[0-9]{1,18})/letter\.(?P<extension>pdf|docx)$", pages.clue_letter, name="clue_letter"),
    path("clues/<int:pk>/<str:name>/", pages.clue_action, name="clue_action"),
]
