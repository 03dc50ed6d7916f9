"""Every kind of answer as an office behind https gives it: pages, errors, fragments, files, static files, cookies."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from casemgr.documents.uploads.serving import INLINE_POLICY
from casemgr.pages.csp import FILE_POLICY, POLICY
from tests.support.addresses import addresses, stay_logged_in
from tests.support.once import runs_once
from tests.support.register import person
from tests.web.conftest import case, office  # noqa: F401 - the walk's own office
from tests.web.test_access_walk import QUERIES, values, who  # noqa: F401 - the walk's own values

pytestmark = [pytest.mark.django_db, runs_once]
PASSWORD = "dalad-2026-secret"
A_YEAR = "max-age=31536000"


class Inline(HTMLParser):
    """Collects what a strict policy refuses: inline code and style, foreign files."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if (tag == "script" and "src" not in given) or tag in ("style", "iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        for name, value in given.items():
            is_code = name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:")
            is_foreign = name in ("src", "action", "formaction", "srcset") and re.match(r"(?i)\s*([a-z]+:)?//", value)
            if is_code or (is_foreign and not value.startswith("data:")):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name.startswith(("hx-on", "hx-vals", "data-hx-on")) and "js:" in value:
                self.found.append(f"<{tag} {name}={value!r}>")


def refused_by_the_policy(html: str) -> list[str]:
    parser = Inline()
    parser.feed(html)
    return parser.found


@pytest.fixture(autouse=True)
def behind_https(settings: Any) -> None:
    """What SECURE_TRANSPORT=1 sets."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SECURE_HSTS_SECONDS = 31_536_000


def shows_a_file(where: str) -> bool:
    """What people brought is shown in the page as it is."""
    return "/materials/" in where or "/referral-letters/" in where


def check(answer: HttpResponse, where: str) -> None:
    """The headers of any answer, and what stands in a page."""
    headers = answer.headers
    shown = headers.get("Content-Disposition", "").split(";")[0]
    policy = {"attachment": FILE_POLICY, "inline": INLINE_POLICY if shows_a_file(where) else POLICY}.get(shown, POLICY)
    assert headers["Content-Security-Policy"] == policy, where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] == "same-origin", where
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert headers["Strict-Transport-Security"] == f"{A_YEAR}; includeSubDomains; preload", where
    assert headers["X-Frame-Options"] == "DENY", where
    assert "Server" not in headers, where
    if headers.get("Content-Type", "").startswith("text/html"):
        assert "charset=utf-8" in headers["Content-Type"], where
        assert refused_by_the_policy(answer.content.decode()) == [], where
    for cookie in answer.cookies.values():
        if cookie["max-age"] == 0:
            continue  # taken back
        assert cookie["secure"], (where, cookie.key)
        assert cookie["httponly"], (where, cookie.key)
        assert cookie["samesite"] == "Lax", (where, cookie.key)


@pytest.mark.parametrize("role", ["officer", pytest.param("admin", marks=pytest.mark.long), "nobody"])
def test_every_address_read_and_sent(values: dict, role: str) -> None:  # noqa: F811
    client, user = Client(), who(role) if role != "nobody" else None
    kinds = set()
    for method in ("get", "post"):
        for address in addresses(values, QUERIES):
            if user is not None:
                stay_logged_in(client, user)
            answer = getattr(client, method)(address.url, secure=True)
            check(answer, f"{method} {address.url}: {answer.status_code}")
            kinds.add((answer.status_code, answer.headers.get("Content-Type", "").partition(";")[0]))
    assert {status for status, _type in kinds} >= ({302, 405} if role == "nobody" else {200, 302, 404, 405})
    if role == "officer":
        assert (200, "application/pdf") in kinds


def _fail(*_args: Any, **_options: Any) -> None:
    raise ValueError("broken")


def _broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> HttpResponse:
    client.raise_request_exception = False
    monkeypatch.setattr("casemgr.web.views.render", _fail)
    return client.get("/administration/", secure=True)


def _locked_out(client: Client, _patch: pytest.MonkeyPatch) -> HttpResponse:
    for _time in range(6):
        answer = Client().post("/login/", {"username": "boss-clerk", "password": "wrong"}, secure=True)
    return answer


ERRORS: dict[str, tuple[int, Callable[[Client, pytest.MonkeyPatch], HttpResponse]]] = {
    "unknown page": (404, lambda client, _: client.get("/nowhere/", secure=True)),
    "broken page": (500, _broken),
    "forged form": (403, lambda _client, _: Client(enforce_csrf_checks=True).post("/login/", {}, secure=True)),
    "failed log-in": (
        200,
        lambda _client, _: Client().post("/login/", {"username": "x", "password": "y"}, secure=True),
    ),
    "locked out": (429, _locked_out),
    "fragment after the session": (401, lambda _client, _: Client().get("/work/", secure=True, HTTP_HX_REQUEST="true")),
    "form with errors": (422, lambda client, _: client.post("/parties/new/", {"kind": "person"}, secure=True)),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_too(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    status, provoke = ERRORS[kind]
    person("boss-clerk", "officer")
    client = Client()
    client.force_login(person("boss", "officer", "admin", "head"))
    answer = provoke(client, monkeypatch)
    assert answer.status_code == status
    check(answer, kind)


def test_a_wrong_host_gets_a_page_that_runs_nothing() -> None:
    answer = Client().get("/login/", secure=True, headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert refused_by_the_policy(answer.content.decode()) == []


def test_files_are_downloaded_or_shown_as_what_they_are(values: dict, case: Any) -> None:  # noqa: F811
    client = Client()
    client.force_login(case.lead_handler)
    paper, proof = values["documents"]["pk"], values["document_proof"]["pk"]
    shown = client.get(f"/documents/{paper}/file/", secure=True)
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Type"] == "application/pdf"
    downloads = {
        f"/documents/{paper}/file/?download=1": "application/pdf",
        f"/documents/services/{proof}/proof/": "application/pdf",
        "/cases/export/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for address, kind in downloads.items():
        answer = client.get(address, secure=True)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"].startswith("attachment"), address
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        check(answer, address)


@pytest.mark.parametrize("path", ["css/app.css", "js/app.js", "img/icon.svg"])
def test_static_files_too(path: str, settings: Any) -> None:
    settings.WHITENOISE_USE_FINDERS = True
    answer = Client().get(f"/static/{path}", secure=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Strict-Transport-Security"].startswith(A_YEAR)


def test_log_in_sets_cookies_that_only_https_carries() -> None:
    user = person("walker", "officer")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    check(client.get("/login/", secure=True), "login")
    answer = client.post("/login/", {"username": "walker", "password": PASSWORD}, secure=True)
    assert answer.status_code == 302
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    check(answer, "after log-in")
    check(client.post("/language/", {"language": "en"}, secure=True), "language")
    check(client.post("/logout/", secure=True), "log-out")


def test_in_clear_only_machines_are_answered() -> None:
    client = Client()
    for address in ("/", "/login/", "/work/", "/static/css/app.css"):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (301, f"https://testserver{address}")
    for address in ("/healthz", "/readyz", "/metrics"):
        assert client.get(address).status_code in (200, 503), address
