"""Mounts every package's pages, and the procedures' own."""

from django.urls import path  # noqa: F401

urlpatterns: list = []
