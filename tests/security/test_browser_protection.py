"""Every address, as a hostile page, a stolen link or a half-closed account would use it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog, AppendOnlyError
from casemgr.cases.models import Event
from casemgr.documents.models import Service
from casemgr.organisation.models import RoleAssignment, User
from casemgr.pages.clock import today as clock_today
from casemgr.pages.csp import FILE_POLICY, POLICY
from tests.support.addresses import Address, addresses
from tests.support.once import runs_once
from tests.support.papers import RECEIPT, RECEIVED, a_case, an_office, part_of
from tests.support.register import person
from tests.support.upload_files import a_pdf

pytestmark = [pytest.mark.django_db, runs_once]
TODAY = clock_today()
FREE = {"password_change", "logout", "set_language", "large_type", "session_keep", "healthz", "login"}
"""What an account with a temporary password may still open."""


class Anything(dict):
    """Parameters of an address: what is not named is the number of the case's own row."""

    def __missing__(self, name: str) -> object:
        return {"pk": 1, "year": 2026, "name": "reconsideration.examine", "deadline_id": 1}.get(name, 1)


class Parameters(dict):
    """By the first part of the route; what is not named has `Anything`."""

    def get(self, first: str, default: object = None) -> object:
        return super().get(first, None if default is None else Anything())


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def every(office) -> list[Address]:
    case = a_case(office)
    paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
    known = Parameters(
        cases=Anything(pk=case.pk, deadline_id=case.deadlines.first().pk),
        documents=Anything(pk=paper.pk, name="document.serve"),
        help=Anything(name="case-officer", code="cases"),
        parties=Anything(pk=part_of(case, "applicant").party_id),
        users=Anything(pk=office.head.pk),
        roles=Anything(pk=RoleAssignment.objects.filter(user=office.head).first().pk),
    )
    return addresses(known)


def everybody_at_once() -> User:
    """One account with every role there is, to reach every page."""
    return person("everything", "officer", "head", "authority", "archive", "admin", "auditor", at="150621")


def logged_in(user: User, **options) -> Client:
    client = Client(**options)
    client.force_login(user)
    return client


def rows() -> dict[str, int]:
    """How many rows each table has; sessions and the access log are written by looking."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label not in ("audit.AccessLog", "sessions.Session")
    }


def test_no_post_passes_without_its_token(every) -> None:
    client = logged_in(everybody_at_once(), enforce_csrf_checks=True)
    # the one asks for the carrier's own secret, the other only remembers a language (docs/decisions/0061)
    guarded = [address for address in every if address.name not in ("sms_receipt", "public_language")]
    passed = {address.url: client.post(address.url).status_code for address in guarded}
    assert {url: status for url, status in passed.items() if status not in (403, 405)} == {}


def test_opening_a_page_changes_nothing(every) -> None:
    client = logged_in(everybody_at_once())
    before, users = rows(), list(User.objects.order_by("pk").values())
    for address in every:
        if address.name == "readyz":
            continue  # 503 by design while no worker runs
        for query in ("", "?download=1", "?add=people", "?on=2026-11-25&reason=x&is_active=0"):
            assert client.get(address.url + query).status_code < 500, address.url
    assert rows() == before
    assert list(User.objects.order_by("pk").values()) == users


def test_every_page_is_kept_by_no_cache_no_frame_and_runs_only_our_files(every) -> None:
    client = logged_in(everybody_at_once())
    for address in every:
        answer = client.get(address.url)
        policy = answer.headers["Content-Security-Policy"]
        assert policy in (POLICY, FILE_POLICY), address.url
        assert (policy == FILE_POLICY) == answer.headers.get("Content-Disposition", "").startswith("attachment")
        assert "unsafe" not in policy, address.url
        assert answer.headers["X-Frame-Options"] == "DENY", address.url
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address.url
        kept = answer.headers.get("Cache-Control", "")
        if kept.startswith("public"):
            assert address.url.startswith("/public/"), address.url
            assert answer.content == Client().get(address.url).content, "what caches share is the same for everybody"
        elif address.name not in ("healthz", "logout"):
            assert "no-store" in kept, address.url


def test_a_temporary_password_opens_only_the_page_that_changes_it(every) -> None:
    user = everybody_at_once()
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    client, before = logged_in(user), rows()
    for address in every:
        if address.name not in FREE:
            for answer in (client.get(address.url), client.post(address.url, {"reason": "x"})):
                assert (answer.status_code, answer.get("Location")) == (302, "/password/"), address.url
    assert rows() == before
    # a path that only looks like an exempt one
    assert client.get("/static/../cases/").headers.get("Location") in ("/password/", None)


def test_a_closed_account_is_out_at_once(every) -> None:
    user = everybody_at_once()
    client = logged_in(user)
    assert client.get("/cases/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    for address in every:
        if not address.url.startswith("/public/") and address.name not in (
            "healthz",
            "readyz",
            "metrics",
            "notice_feed",
            "sms_receipt",
            "first_start",
            "login",
            "set_language",
        ):
            assert client.get(address.url).headers["Location"].startswith("/login/"), address.url


def test_a_new_temporary_password_ends_the_sessions_of_the_old_one() -> None:
    user, boss = person("somebody", "officer"), person("boss", "admin", at="150621")
    client = logged_in(user)
    assert client.get("/cases/").status_code == 200
    assert logged_in(boss).post(f"/users/{user.pk}/password/").status_code in (200, 404)
    perform("organisation.reset_password", user, {}, boss, TODAY)
    assert client.get("/cases/").headers["Location"].startswith("/login/")


def test_an_administrator_of_one_unit_takes_over_nobody_with_power_elsewhere_tomorrow() -> None:
    """A role that has not begun is power too: its account could be opened today and used then."""
    from casemgr.actions.errors import Forbidden

    small = person("small", "admin", at="150621100")
    coming = person("coming", "officer", at="150621100")
    perform("organisation.reset_password", coming, {}, small, TODAY)
    RoleAssignment.objects.create(
        user=coming, role="authority", unit=coming.role_assignments.first().unit.parent, from_on=TODAY + timedelta(1)
    )
    coming = User.objects.get(pk=coming.pk)
    for action in ("reset_password", "rename_user", "assign_role"):
        with pytest.raises(Forbidden):
            perform(f"organisation.{action}", coming, {}, small, TODAY)


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x"]
)
def test_no_redirect_leads_elsewhere(target: str) -> None:
    user = person("walker", "officer")
    user.set_password("dalad-2026-secret")
    user.save()
    client = logged_in(user)
    answers = [
        client.post("/large-type/", {"next": target}),
        client.post("/language/", {"language": "en", "next": target}),
        Client().post(
            "/login/?next=" + target, {"username": "walker", "password": "dalad-2026-secret", "next": target}
        ),
        client.get("/login/", {"next": target}),
        Client().post("/large-type/", headers={"Referer": f"http://testserver/{target}"}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert answer.url.startswith("/")
        assert not answer.url.startswith(("//", "/\\"))


def test_cookies_are_kept_from_scripts_and_foreign_sites() -> None:
    user = person("walker", "officer")
    user.set_password("dalad-2026-secret")
    user.save()
    answer = Client().post("/login/", {"username": "walker", "password": "dalad-2026-secret"})
    session = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_behind_https_nothing_travels_in_clear() -> None:
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE;"
        "assert s.SECURE_SSL_REDIRECT;"
        "from django.test import Client;"
        "a = Client().get('/healthz', secure=True, headers={'host': 'office.example'});"
        "assert 'max-age=31536000' in a.headers['Strict-Transport-Security'], a.headers;"
        "b = Client().get('/login/', headers={'host': 'office.example'});"
        "assert b.status_code == 301 and b.url.startswith('https://'), b;"
        "c = Client().get('/healthz', secure=True, headers={'host': 'elsewhere.example'});"
        "assert c.status_code == 400, c.status_code"
    )
    secure = {"SECURE_TRANSPORT": "1", "DEBUG": "0", "ALLOWED_HOSTS": "office.example"}
    environment = os.environ | secure | {"DJANGO_SETTINGS_MODULE": "casemgr.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()


class TestProofs:
    def serve(self, office, name: str, content: bytes):
        case = a_case(office)
        paper = office.paper(case, "receipt", RECEIVED, RECEIPT)
        sent = {
            "participation": part_of(case, "applicant").pk,
            "method": "in_person",
            "served_on": RECEIVED.isoformat(),
            "proof": SimpleUploadedFile(name, content),
        }
        client = logged_in(office.officer)
        return client, client.post(f"/documents/{paper.pk}/actions/document.serve/", sent)

    @pytest.mark.parametrize(
        "name", ["../../../etc/passwd.pdf", "..\\..\\x.pdf", "a\r\nX-Evil: 1.pdf", "王宝音.pdf", "王宝音", ".pdf"]
    )
    def test_a_file_is_kept_and_given_under_a_name_of_ours(self, office, name: str) -> None:
        client, answer = self.serve(office, name, a_pdf("x"))
        assert answer.status_code == 302
        service = Service.objects.exclude(proof_file="").get()
        folder, _, stored = service.proof_file.rpartition("/")
        assert folder == f"proofs/{RECEIVED.year}"
        assert len(stored) == len("0" * 32 + ".pdf")
        given = client.get(f"/documents/services/{service.pk}/proof/")
        assert given.headers["Content-Type"] == "application/pdf"
        assert given.headers["Content-Disposition"].startswith("attachment;")
        assert given.headers["X-Content-Type-Options"] == "nosniff"
        assert "X-Evil" not in given.headers
        assert "王宝音" not in str(given.headers)

    @pytest.mark.parametrize(
        "content", [b"<script>alert(1)</script>", b"MZ\x90", b"PK\x03\x04", b" %PDF-1.4", b"GIF89a<script>"]
    )
    def test_what_is_no_scan_is_refused_whatever_its_name(self, office, content: bytes) -> None:
        _client, answer = self.serve(office, "scan.pdf", content)
        assert answer.status_code == 422
        assert not Service.objects.exclude(proof_file="").exists()

    def test_a_changed_file_is_not_shown(self, office) -> None:
        from django.core.files.storage import default_storage

        client, _answer = self.serve(office, "scan.pdf", a_pdf("true"))
        service = Service.objects.exclude(proof_file="").get()
        Path(default_storage.path(service.proof_file)).write_bytes(b"%PDF-1.4 forged")
        answer = client.get(f"/documents/services/{service.pk}/proof/")
        assert answer.status_code == 500
        assert b"forged" not in answer.content

    def test_files_are_readable_by_our_account_only(self, office) -> None:
        from django.core.files.storage import default_storage

        self.serve(office, "scan.pdf", a_pdf("x"))
        path = Path(default_storage.path(Service.objects.exclude(proof_file="").get().proof_file))
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


class TestEvidence:
    def test_what_is_in_the_access_log_stays(self) -> None:
        row = AccessLog.objects.create(kind="party_opened", actor_name="甲")
        row.actor_name = "乙"
        log = AccessLog.objects
        for change in (
            row.save,
            row.delete,
            lambda: log.update(actor_name="乙"),
            lambda: log.filter(pk=row.pk).delete(),
            lambda: log.bulk_update([row], ["actor_name"]),
            lambda: log.update_or_create(pk=row.pk, defaults={"actor_name": "乙"}),
            lambda: log.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["actor_name"]),
        ):
            with pytest.raises(AppendOnlyError), transaction.atomic():
                change()
        assert AccessLog.objects.get(pk=row.pk).actor_name == "甲"

    def test_an_event_stays_and_so_does_its_case(self, office) -> None:
        case = a_case(office)
        event = case.events.first()
        event.occurred_on = TODAY
        for change in (
            event.save,
            event.delete,
            lambda: case.events.update(occurred_on=TODAY),
            lambda: case.events.all().delete(),
            lambda: Event.objects.bulk_update([event], ["occurred_on"]),
            lambda: Event.objects.bulk_create(
                [event], update_conflicts=True, unique_fields=["id"], update_fields=["occurred_on"]
            ),
            case.delete,
            lambda: type(case).objects.filter(pk=case.pk).delete(),
        ):
            with pytest.raises(ValueError, match=r"append-only|never deleted"), transaction.atomic():
                change()
        assert Event.objects.get(pk=event.pk).occurred_on == RECEIVED
