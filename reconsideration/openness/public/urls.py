"""Addresses of the public site, below /public/. None of them holds anything of a person."""

from django.urls import path

from reconsideration.openness.public import asking, pages

urlpatterns = [
    path("", pages.public_home, name="public_home"),
    path("decisions/", pages.public_decisions, name="public_decisions"),
    path("decisions/<int:pk>/", pages.public_decision, name="public_decision"),
    path("decisions/<int:pk>.pdf", pages.public_decision_file, name="public_decision_file"),
    path("figures/", pages.public_figures, name="public_figures"),
    path("hearings/", pages.public_hearings, name="public_hearings"),
    path("guide/", pages.public_guide, name="public_guide"),
    path("progress/", asking.public_progress, name="public_progress"),
    path("complaint/", asking.public_complaint, name="public_complaint"),
    path("complaint/answer/", asking.public_answer, name="public_answer"),
    path("language/", asking.public_language, name="public_language"),
]
