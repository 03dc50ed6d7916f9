"""All addresses: the ground's pages are mounted by `casemgr.web`."""

from django.urls import include, path

from casemgr.web.urls import handler400, handler403, handler404, handler500  # noqa: F401

urlpatterns = [path("", include("casemgr.web.urls"))]
