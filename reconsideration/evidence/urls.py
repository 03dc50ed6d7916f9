"""Addresses of evidence and investigations."""

from django.urls import path

from reconsideration.evidence import pages

urlpatterns = [
    path("cases/<int:pk>/evidence/", pages.evidence_list, name="evidence_list"),
    path("evidence/<int:pk>/", pages.evidence_detail, name="evidence_detail"),
    path("evidence/<int:pk>/<str:name>/", pages.evidence_action, name="evidence_action"),
    path("investigations/<int:pk>/", pages.investigation_detail, name="investigation_detail"),
    path("investigations/<int:pk>/<str:name>/", pages.investigation_action, name="investigation_action"),
]
