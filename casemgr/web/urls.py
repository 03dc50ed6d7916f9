"""Mounts every package's pages, and the procedures' own."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from casemgr.web import accounts, errors, views

handler400, handler403, handler404, handler500 = errors.bad_request, errors.forbidden, errors.not_found, errors.failed

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("login/", accounts.LogIn.as_view(), name="login"),
    path("logout/", accounts.LogOut.as_view(), name="logout"),
    path("password/", accounts.ChangePassword.as_view(), name="password_change"),
    path("large-type/", views.large_type, name="large_type"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("session/", views.session_keep, name="session_keep"),
    path("", include("casemgr.operation.accounts.urls")),
]


def _mounted(app: str, prefix: str) -> list:
    return [path(prefix, include(f"{app}.urls"))] if find_spec(f"{app}.urls") else []


for _app in settings.GROUND_APPS:
    if _app != "casemgr.web":
        urlpatterns += _mounted(_app, "")
for _app in settings.PROCEDURE_APPS:
    urlpatterns += _mounted(_app, f"{_app}/")
