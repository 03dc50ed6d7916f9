"""A walk over every operation of the API's description as every role: the pages' answer, never more, and no failure.

What a page refuses, the API refuses: for each address that has a page, the expected status is that page's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve
from django.utils.datastructures import MultiValueDict
from ninja import Schema

from casemgr.actions import registry
from casemgr.actions.perform import perform
from casemgr.cases.procedure import procedures
from casemgr.documents.sealing.models import SealUse
from casemgr.jobs.models import Job
from casemgr.notices.models import Notice
from casemgr.numbering.series import start_at
from casemgr.organisation.models import RoleAssignment
from casemgr.organisation.roles import ROLES
from casemgr.pages.clock import today as clock_today
from casemgr.web.api.openapi import document
from casemgr.web.api.resources import every as resources
from tests.support.api import Program
from tests.support.once import runs_once
from tests.support.register import OFFICE, OTHER, person, unit
from tests.support.upload_files import a_picture
from tests.web.test_access_walk import EXPECTED

pytestmark = pytest.mark.django_db

PREFIX = "/api/v1"
WALKERS = sorted({*ROLES, "stranger", "roleless"})
"""`stranger`: a reconsideration officer of another unit; `roleless`: an account without any role."""
POSTING = ("officer", "admin", "auditor", "town", "stranger", "roleless")
SEEING = {"officer", "head", "authority", "panel", "archive", "leader", "auditor"}
"""Who sees the cases of the reconsideration office."""
OPEN = {"/api/v1/token"}
OWN_ADDRESSES = {"party.register", "ledgers.import"}
"""And what registers a case of a procedure: POST /{procedure}/cases."""
LEFT_OUT = {
    "token.log_in": "is POST /token",
    **dict.fromkeys(
        ("token.create", "token.revoke", "system.create", "system.create_token"),
        "a token makes and ends no tokens: they are kept on the pages, by people who logged in there",
    ),
    "organisation.first_start": "for the link of the first start only",
    "mediation.record_past_case": "the ledger of past cases enters them",
    **dict.fromkeys(("litigation.record_past_case", "backlog.record_past_item"), "the ledgers enter them"),
    "reconsideration.record_past_case": "the page and the ledger of past cases enter them",
    **dict.fromkeys(
        ("ledgers.send", *(f"ledgers.{step}" for step in ("assign", "decide", "load", "undo", "discard"))),
        "the page asks how a foreign sheet is read; a program sends the ledger's own columns",
    ),
    **dict.fromkeys(
        [f"{what}.take_back" for what in ("mediation", "reconsideration", "litigation", "backlog", "party")],
        "the undoing of an import takes its rows back",
    ),
    "organisation.import_units": "takes a sheet that the page of the import keeps",
    "organisation.import_users": "takes a sheet that the page of the import keeps",
}
PAGES = {
    "/cases": "/cases/",
    "/cases/{case_id}": "/cases/{case}/",
    "/cases/{case_id}/timeline": "/cases/{case}/",
    "/cases/{case_id}/line": "/cases/{case}/line/",
    "/cases/{case_id}/actions/{name}": "/cases/{case}/actions/reconsideration.examine/",
    "/documents/{document_id}": "/documents/{document}/",
    "/documents/{document_id}/file": "/documents/{document}/file/",
    "/parties": "/parties/",
    "/parties/{party_id}": "/parties/{party}/",
    "/indicators": "/indicators/",
    "/indicators/{name}": "/indicators/load/",
    "/reports": "/indicators/",
    "/reports/{name}": "/indicators/load/",
    "/reports/{name}/file": "/indicators/load/export/",
    "/worklist": "/work/",
    "/notices": "/notices/",
    "/jobs": "/jobs/",
    "/timelimits": "/calculator/",
    "/workdays": "/calculator/",
    "/calendar-years": "/calendar/",
    "/calendar-years/{year}": "/calendar/2026/",
    "/referrals": "/referrals/",
    "/referrals/{record_id}": "/referrals/{referrals}/",
    "/referral-letters": "/referrals/",
    "/referral-letters/{record_id}": "/referrals/{referrals}/",
    "/referral-letters/{record_id}/file": "/referral-letters/{referral-letters}/file/",
    "/materials/{record_id}": "/materials/{materials}/",
    "/materials/{record_id}/file": "/materials/{materials}/file/",
    "/seal-uses": "/sealing/",
    "/volumes": "/volumes/",
    "/appraisals": "/volumes/appraisals/",
    "/retention-rules": "/volumes/retention/",
    "/wordings": "/wording/",
    "/phrases": "/wording/phrases/",
    "/absences": "/absences/",
    "/merges": "/parties/duplicates/",
    "/splits": "/parties/duplicates/",
    "/data-requests": "/data-requests/",
    "/holiday-notices": "/calendar/notices/",
    "/targets": "/indicators/targets/",
    "/units": "/units/",
    "/units/{record_id}": "/units/{units}/",
    "/users": "/users/",
    "/users/{record_id}": "/users/{users}/",
    "/roles": "/users/",
    "/access-reviews": "/access/reviews/",
    "/office-particulars": "/office/",
    "/series": "/series/",
    "/void-numbers": "/series/",
    "/confirmations": "/going-live/",
    "/committees": "/mediation/organisations/committees/",
    "/mediators": "/mediation/organisations/mediators/",
    "/studios": "/mediation/organisations/studios/",
    "/studio-rules": "/mediation/organisations/studios/rules/",
    "/filings": "/mediation/organisations/filings/",
    "/dock-agreements": "/mediation/organisations/dock-agreements/",
    "/coverages": "/mediation/organisations/coverage/",
    "/campaigns": "/mediation/screening/campaigns/",
    "/campaign-returns": "/mediation/screening/returns/",
    "/patrols": "/mediation/screening/patrols/",
    "/leads": "/mediation/screening/leads/",
    "/key-disputes": "/mediation/screening/key-disputes/",
    "/agreements": "/mediation/oral-files/",
    "/obligations": "/mediation/oral-files/",
    "/payments": "/mediation/oral-files/",
    "/visits": "/mediation/oral-files/",
    "/administrative-mediations": "/mediation/administrative/",
    "/tables": "/indicators/tables/",
    "/tables/{name}": "/mediation/tables/M-1/",
    "/tables/{name}/file": "/mediation/tables/M-1/file/xlsx/",
    "/table-returns": "/mediation/tables/",
    "/fund-entries": "/mediation/tables/entries/",
    "/table-rules": "/mediation/tables/rules/",
    "/subsidy-batches": "/mediation/subsidy/",
    "/subsidy-rates": "/mediation/subsidy/rates/",
    "/clue-transfers": "/clues/",
    "/normative-documents": "/reconsideration/normative/",
    "/normative-findings": "/reconsideration/normative/",
    "/mediation-sessions": "/reconsideration/normative/",
    "/mediation-helps": "/reconsideration/normative/",
    "/annexed-reviews": "/reconsideration/normative/",
    "/rooms": "/rooms/",
    "/hearings": "/reconsideration/hearings/",
    "/bookings": "/rooms/",
    "/publications": "/reconsideration/publications/",
    "/redactions": "/reconsideration/publications/",
    "/query-codes": "/reconsideration/publications/",
    "/handling-complaints": "/reconsideration/complaints/",
    "/court-instances": "/litigation/sessions/",
    "/court-sessions": "/litigation/sessions/",
    "/court-papers": "/litigation/sessions/",
    "/court-contacts": "/litigation/contacts/",
    "/joint-meetings": "/litigation/meetings/",
    "/meeting-decisions": "/litigation/meetings/",
    **dict.fromkeys(
        (
            *("/committee-members", "/consultations", "/evidence", "/investigations", "/reading-requests"),
            *("/review-checklists", "/review-rounds", "/file-reviews", "/review-findings", "/office-rules"),
            *("/model-cases", "/reconsideration/times"),
        ),
        "/reconsideration/committee/",
    ),
    "/reception-visits": "/reconsideration/reception/",
    "/assessed-lines": "/litigation/appearance/",
    **dict.fromkeys(("/year-plans", "/plan-clauses", "/flaws", "/cause-records", "/unit-sheets"), "/assessment/plans/"),
    "/assessment-reports": "/assessment/reports/",
    "/backlog-items": "/litigation/backlog/items/",
    "/backlog-years": "/litigation/backlog/",
    "/backlog-proofs": "/litigation/backlog/items/",
    "/unit-letters": "/litigation/backlog/letters/",
    "/clearing-rounds": "/litigation/backlog/rounds/",
    "/self-check-returns": "/litigation/backlog/returns/",
}
"""The page that shows the same. `{case}` and the like are filled in."""
QUERIES = {
    "/workdays": {"from": "2026-11-02", "to": "2026-11-30"},
    "/timelimits/{code}": {"start": "2026-11-02"},
    "/ledgers/{kind}/file": {"year": str(clock_today().year), "format": "csv"},
}


@pytest.fixture
def ids(case, office) -> dict[str, Any]:
    """One record of the kinds that have some here; of the others an id nobody has."""
    today = clock_today()
    admin = person("boss", "admin", at="150621")
    start_at("reconsideration.case", today.year, 5000, reason="the cases here were written without taking a number")
    issued = office.paper(case, "receipt", today, {"materials": "行政复议申请书，2份"})
    letter = {"dock": "court", "kind": "delegated", "organ": "达拉特旗人民法院", "received_on": today.isoformat(),
              "procedure": "reconsideration", "unit": unit(OFFICE).pk, "summary": "相邻关系纠纷"}  # fmt: skip
    referral = perform("referral.register", None, letter, office.officer, today)
    return {
        "case": case.pk,
        "document": issued.pk,
        "party": case.participations.get(role="applicant").party_id,
        "job": Job.objects.create(kind="sweep", requested_by=office.officer.pk).pk,
        "notice": Notice.objects.create(recipient=office.officer, kind="test").pk,
        "referral-letters": a_letter(referral, office.officer, today).pk,
        "referrals": referral.pk,
        "materials": a_material(case, office.officer, today).pk,
        "seal-uses": SealUse.objects.get(document=issued).pk,
        "units": unit().pk,
        "users": admin.pk,
        "roles": RoleAssignment.objects.get(user=admin).pk,
    }


def a_material(case, officer, today):
    photo = MultiValueDict({"files": [SimpleUploadedFile("照片.jpg", a_picture())]})
    sent = {"kind": "evidence", "received_on": today.isoformat()}
    return perform("material.add", case, sent, officer, today, files=photo)


def a_letter(referral, officer, today):
    scan = MultiValueDict({"files": [SimpleUploadedFile("来函.jpg", a_picture())]})
    data = {"received_on": today.isoformat()}
    return perform("referral.add_letter", referral, data, officer, today, files=scan).letters.get()


def operations(method: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Path without the prefix, and the operation's description."""
    for path, found in document()["paths"].items():
        if method in found:
            yield path.removeprefix(PREFIX), found[method]


def address(path: str, ids: dict[str, Any]) -> str:
    resource = path.split("/")[1]
    words = {
        "procedure": "reconsideration",
        "year": 2026,
        "code": "R-DEC",
        "kind": "reconsideration",
        "name": name_for(path),
    }
    for key, value in ({f"{kind}_id": pk for kind, pk in ids.items()} | words).items():
        path = path.replace(f"{{{key}}}", str(value))
    return path.replace("{record_id}", str(ids.get(resource, 999_999)))


def name_for(path: str) -> str:
    """An action or indicator that the address takes."""
    resource = next((one for one in resources() if path.startswith(f"/{one.name}/")), None)
    if path.startswith(("/indicators", "/reports")):
        return "load"
    if path.startswith("/tables/"):
        return "M-1"
    if resource is None:
        return {"cases": "reconsideration.examine", "documents": "document.serve"}.get(
            path.split("/")[1], "party.record_capacity"
        )
    if path.count("/") == 3 and resource.creating:
        return resource.creating[0]
    return next((name for name, action in registry.every().items() if action.model is resource.model), "none")


def who(role: str):
    if role == "roleless":
        return person(f"walks-{role}")
    if role == "stranger":
        return person(f"walks-{role}", "officer", at=OTHER)
    return person(f"walks-{role}", role, at="150621" if role in ("admin", "auditor") else OFFICE)


def status_class(status: int) -> int:
    """Redirects of a page lead to what it shows; a form refused at once is an address that may be asked."""
    return 200 if status in (204, 302, 409, 422) else status


@runs_once
@pytest.mark.parametrize("roles", [WALKERS[part::3] for part in range(3)], ids="-".join)
def test_every_address_answers_each_role_as_its_page_does(ids, case, foreign, roles: list[str]) -> None:
    wrong = {}
    for role in roles:
        program = Program(who(role))
        for path, _operation in operations("get"):
            answer = program.get(address(path, ids), QUERIES.get(path))
            text = answer.getvalue().decode(errors="replace")
            if page := PAGES.get(path):
                expected = EXPECTED[resolve(page.format(**ids)).url_name][role]
            else:
                expected = answer.status_code if answer.status_code in (200, 403, 404, 409, 422) else 200
            if status_class(answer.status_code) != status_class(expected):
                wrong[role, path] = f"{answer.status_code} instead of {expected}"
            assert answer.status_code < 400 or answer["Content-Type"] == "application/problem+json", path
            assert role in SEEING or case.number not in text, (role, path)
            assert role in ("stranger", "auditor") or foreign.number not in text, (role, path)
    assert wrong == {}


def test_an_empty_body_breaks_nothing_and_changes_no_case(ids, case) -> None:
    for role in POSTING:
        before = case.history.latest().version
        program = Program(who(role))
        for path, _operation in operations("post"):
            answer = program.post(address(path, ids))
            assert answer.status_code in (200, 201, 204, 400, 403, 404, 409, 422), (path, answer.status_code)
            assert answer.status_code < 400 or json.loads(answer.content)["detail"], path
        case.refresh_from_db()
        assert case.state == "RECEIVED"
        assert role == "officer" or case.version == before


def test_nobody_gets_anything_without_a_token() -> None:
    nobody = Program()
    for method in ("get", "post"):
        for path, _operation in operations(method):
            if PREFIX + path in OPEN:
                continue
            answer = getattr(nobody, method)(address(path, {}))
            assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), path
            assert answer["WWW-Authenticate"].startswith("Bearer")


def test_an_address_takes_no_other_method_than_described() -> None:
    program = Program(who("admin"))
    for path, found in document()["paths"].items():
        if "post" not in found:
            assert program.post(address(path.removeprefix(PREFIX), {})).status_code in (404, 405), path


def test_every_action_that_a_person_is_offered_has_an_address() -> None:
    creating = {name for resource in resources() for name in resource.creating}
    own = OWN_ADDRESSES | {procedure.register_action for procedure in procedures()}
    own |= {name for one in procedures() for name in one.extra.get("register_actions", {}).values()}
    models = tuple(resource.model for resource in resources()) + own_models()
    missing = []
    for name, action in registry.every().items():
        if action.nested_only or name in LEFT_OUT or name in own:
            continue
        reached = name in creating if action.creates else action.model is not None and issubclass(action.model, models)
        if not reached:
            missing.append(name)
    assert missing == []


def test_no_two_shapes_of_the_description_share_a_name() -> None:
    """The description keeps shapes by name: a second one of the same name would silently stand for the first."""
    document()
    modules: dict[str, set[str]] = {}
    for shape in _heirs(Schema):
        if shape.__module__.startswith("casemgr."):
            modules.setdefault(shape.__name__, set()).add(shape.__module__)
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


def _heirs(shape: type) -> Iterator[type]:
    for heir in shape.__subclasses__():
        yield heir
        yield from _heirs(heir)


def own_models() -> tuple[type, ...]:
    """Those with addresses written for them."""
    from casemgr.cases.models import Case
    from casemgr.documents.models import Document
    from casemgr.parties.models import Party

    return Case, Document, Party
