"""All addresses: the ground's pages are mounted by `casemgr.web`."""

from django.urls import include, path

urlpatterns = [path("", include("casemgr.web.urls"))]
