"""Mounts every package's pages, and those that a procedure names in its `extra["urls"]`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from casemgr.cases.procedure import procedures
from casemgr.operation.monitoring import views as monitoring
from casemgr.web import accounts, comfort, errors, my_account, second_factor, views

handler400, handler403, handler404, handler500 = errors.bad_request, errors.forbidden, errors.not_found, errors.failed

GOING_LIVE = ("first_start", "golive", "office", "series", "sheets", "backup")

urlpatterns = [
    # Read without logging in; first, since it is read most and each pattern before it costs every reader.
    *(
        path("public/", include(procedure.extra["public_urls"]))
        for procedure in procedures()
        if "public_urls" in procedure.extra
    ),
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", monitoring.readyz, name="readyz"),
    path("metrics", monitoring.metrics, name="metrics"),
    path("login/", accounts.LogIn.as_view(), name="login"),
    path("login/code/", second_factor.LogInCode.as_view(), name="login_code"),
    path("account/", my_account.my_account, name="my_account"),
    path("account/sessions/", my_account.end_own_session, name="session_end"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/second-factor/codes/", second_factor.new_codes, name="recovery_codes_new"),
    path("account/second-factor/off/", second_factor.turn_off, name="second_factor_off"),
    path("logout/", accounts.LogOut.as_view(), name="logout"),
    path("password/", accounts.ChangePassword.as_view(), name="password_change"),
    path("large-type/", views.large_type, name="large_type"),
    path("help/hints/", comfort.hints_seen, name="hints_seen"),
    path("help/keys/", comfort.single_keys, name="single_keys"),
    path("", include("casemgr.web.manual.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("administration/", views.administration, name="administration"),
    path("session/", views.session_keep, name="session_keep"),
    # Before the accounts: "users/import/" is no user.
    *(path("", include(f"casemgr.operation.{part}.urls")) for part in GOING_LIVE),
    path("", include("casemgr.operation.accounts.urls")),
    path("", include("casemgr.operation.tokens.urls")),
    path("", include("casemgr.operation.access_review.urls")),
    path("", include("casemgr.operation.evidence.urls")),
    path("", include("casemgr.operation.ownership.urls")),
    path("", include("casemgr.operation.practice.urls")),
    path("", include("casemgr.jobs.urls")),
    path("", include("casemgr.calendar.urls")),
    path("", include("casemgr.timelimits.urls")),
    path("", include("casemgr.parties.urls")),
    path("", include("casemgr.cases.urls")),
    path("", include("casemgr.documents.volumes.urls")),
    path("", include("casemgr.documents.urls")),
    path("", include("casemgr.documents.uploads.urls")),
    path("", include("casemgr.documents.clues.urls")),
    path("", include("casemgr.documents.referral_letters.urls")),
    path("", include("casemgr.rooms.urls")),
    path("", include("casemgr.notices.urls")),
    path("", include("casemgr.indicators.tables.urls")),
    path("", include("casemgr.indicators.urls")),
    path("", include("casemgr.assessment.urls")),
    path("", include("casemgr.ledgers.urls")),
    path("", include("casemgr.boards.urls")),
    path("", include("casemgr.web.api.urls")),
    *(
        path(f"{procedure.code}/", include(procedure.extra["urls"]))
        for procedure in procedures()
        if "urls" in procedure.extra
    ),
]
