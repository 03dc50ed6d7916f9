"""Addresses of requests to read the file."""

from django.urls import path

from reconsideration.reading import pages

urlpatterns = [
    path("reading/<int:pk>/", pages.reading_detail, name="reading_detail"),
    path("reading/<int:pk>/<str:name>/", pages.reading_action, name="reading_action"),
]
