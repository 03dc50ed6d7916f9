"""Addresses of openness inside the office; those of the public site are in `public/urls.py`."""

from django.urls import path

from reconsideration.openness.codes import pages as codes
from reconsideration.openness.complaints import pages as complaints
from reconsideration.openness.publications import pages as publications

urlpatterns = [
    path("publications/", publications.publication_list, name="publication_list"),
    path("publications/new/", publications.publication_new, name="publication_new"),
    path("publications/<int:pk>/", publications.publication_detail, name="publication_detail"),
    path("publications/<int:pk>/<str:name>/", publications.publication_action, name="publication_action"),
    path("query-codes/new/", codes.query_code_new, name="query_code_new"),
    path("query-codes/<int:pk>/<str:name>/", codes.query_code_action, name="query_code_action"),
    path("complaints/", complaints.complaint_list, name="complaint_list"),
    path("complaints/new/", complaints.complaint_new, name="complaint_new"),
    path("complaints/<int:pk>/", complaints.complaint_detail, name="complaint_detail"),
    path("complaints/<int:pk>/<str:name>/", complaints.complaint_action, name="complaint_action"),
]
