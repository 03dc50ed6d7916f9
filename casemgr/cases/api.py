"""The register through the API: what the caller may see, never more, and the same actions as the pages."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from casemgr.actions import registry
from casemgr.actions.api import action_on, described, perform_sent
from casemgr.actions.api_schemas import ActionOut
from casemgr.audit.access import record_access
from casemgr.cases.api_rows import list_item, statute_of, timeline_of, whole_case
from casemgr.cases.api_schemas import CaseOut, CasePage, Timeline
from casemgr.cases.emergency.policy import is_opened_for
from casemgr.cases.filters import CaseFilters, visible_cases
from casemgr.cases.models import Case
from casemgr.cases.procedure import procedures
from casemgr.cases.rows import with_rows
from casemgr.cases.views import NUMBER_IN_ADDRESS
from casemgr.cases.visibility import visible_case
from casemgr.organisation.tokens.scopes import write_to
from casemgr.pages.api.auth import bearer, need_scope
from casemgr.pages.api.operations import Id, sends
from casemgr.pages.api.paging import PageQuery, page_of
from casemgr.pages.api.problems import Problem
from casemgr.pages.api.schema import action_schema
from casemgr.pages.clock import today as clock_today
from casemgr.pages.masking import personal_numbers

router = Router()
registration = Router()
ProcedureCode = Literal["mediation", "reconsideration", "litigation"]


class CaseQuery(PageQuery):
    """The conditions of the register, as its page has them."""

    procedure: str = ""
    stage: str = ""
    state: str = ""
    unit: str = Field("", description="Id of a unit.")
    handler: str = Field("", description="Id of a person, or “me”.")
    party: str = Field("", description="Id of a party.")
    queue: str = ""
    q: str = Field("", max_length=200, description="Number, title or a party's name; no document number.")
    due_before: str = Field("", description="A day: cases whose next own last day is not later.")
    sort: Literal["newest", "due", "number"] = "newest"


@router.get("", response=CasePage)
def list_cases(request: HttpRequest, query: Query[CaseQuery]) -> Any:
    """Cases within the caller's scope, newest first."""
    today = clock_today()
    if personal_numbers(query.q):
        raise Problem(422, NUMBER_IN_ADDRESS, errors={"q": [str(NUMBER_IN_ADDRESS)]})
    filters = CaseFilters(request.GET, request.user, today)
    if filters.problems:
        raise Problem(422, errors={name: [str(text)] for name, text in filters.problems.items()})
    found = filters.apply(visible_cases(request.user, today))
    return page_of(request, with_rows(found), filters.order, list_item)


@router.get("/{case_id}", response=CaseOut)
def get_case(request: HttpRequest, response: HttpResponse, case_id: Id) -> Any:
    """One case with its parties, deadlines, papers, links and what can be done. Its ETag is its version."""
    return _shown(request, response, case_id, clock_today())


@router.get("/{case_id}/timeline", response=Timeline)
def get_case_timeline(request: HttpRequest, case_id: Id) -> Any:
    """What happened, in legal order; a case's timeline is one page."""
    case = visible_case(request.user, case_id, today := clock_today())
    note_opening(request.user, case, today)
    return {"items": timeline_of(case), "next": None}


@router.get("/{case_id}/actions/{name}", response=ActionOut, by_alias=True)
def get_case_action(request: HttpRequest, case_id: Id, name: str) -> Any:
    """The JSON schema of the action's input, and why it is refused now, if it is."""
    case = visible_case(request.user, case_id, today := clock_today())
    return described(action_on(case, name), case, request.user, today, statute_of(case))


@router.post(
    "/{case_id}/actions/{name}",
    auth=bearer(None),
    response={200: CaseOut, 204: None},
    openapi_extra=sends(with_files=True, with_version=True),
)
def perform_case_action(request: HttpRequest, response: HttpResponse, case_id: Id, name: str) -> Any:
    """Perform the action. 204 when it was done and the case lies outside the caller's scope since."""
    case = visible_case(request.user, case_id, today := clock_today())
    need_scope(request, write_to(case.procedure))
    perform_sent(request, action_on(case, name).name, case, today, statute=statute_of(case))
    if not Case.objects.visible_to(request.user, today).filter(pk=case.pk).exists():
        return Status(204, None)
    return Status(200, _shown(request, response, case_id, today))


def _shown(request: HttpRequest, response: HttpResponse, case_id: int, today: date) -> dict[str, Any]:
    case = visible_case(request.user, case_id, today)
    note_opening(request.user, case, today)
    response.headers["ETag"] = f'"{case.version}"'
    return whole_case(case, request.user, today)


def note_opening(user: Any, case: Case, today: date) -> None:
    """As the page does: a restricted case, or one seen by an emergency."""
    if case.confidentiality == Case.Confidentiality.RESTRICTED:
        record_access(user, "case_opened", case, api=True)
    elif is_opened_for(user, case, today):
        record_access(user, "case_opened", case, emergency=True, api=True)


@registration.get("/{procedure}/cases/schema", response=dict[str, Any])
def get_registration_schema(
    request: HttpRequest, procedure: ProcedureCode, file: str = Query("", max_length=20)
) -> Any:
    """JSON schema of the registration form. `file`: another kind of file than a case, where the procedure has some."""
    action = _registering(procedure, file)
    today = clock_today()
    if not action.is_permitted(None, request.user, today):
        raise Problem(403, _("Your roles do not allow “%(action)s” here.") % {"action": action.label})
    return action_schema(action, None, request.user, today)


@registration.post(
    "/{procedure}/cases", auth=bearer(None), response={201: CaseOut}, openapi_extra=sends(with_files=True)
)
def register_case(
    request: HttpRequest, response: HttpResponse, procedure: ProcedureCode, file: str = Query("", max_length=20)
) -> Any:
    """Register a case, or the kind of `file` named; its schema is at `/{procedure}/cases/schema`."""
    need_scope(request, write_to(procedure))
    action = _registering(procedure, file)
    today = clock_today()
    statute = next(str(found.extra.get("statute", "")) for found in procedures() if found.code == procedure)
    case = perform_sent(request, action.name, None, today, statute=statute)
    response.headers["Location"] = request.build_absolute_uri(f"/api/v1/cases/{case.pk}")
    return Status(201, _shown(request, response, case.pk, today))


def _registering(procedure: str, file: str) -> Any:
    """The action that registers a case of the procedure, or a file of another kind (`extra["register_actions"]`).

    :raises Problem: 404, the procedure has no such kind of file.
    """
    found = next(one for one in procedures() if one.code == procedure)
    if not file:
        return registry.get(found.register_action)
    name = found.extra.get("register_actions", {}).get(file)
    if name is None:
        raise Problem(404, _("There is no such kind of file."), code="no-such-file")
    return registry.get(name)
