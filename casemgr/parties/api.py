"""The registry of parties through the API: numbers masked, every opening and every full number on record."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Query, Router, Schema, Status
from pydantic import Field

from casemgr.actions.api import action_on, described, offer_rows, perform_sent
from casemgr.actions.api_schemas import ActionOut, OfferOut
from casemgr.actions.registry import get as get_action
from casemgr.audit.access import record_access
from casemgr.organisation.tokens.scopes import PARTIES_READ, PARTIES_WRITE
from casemgr.pages.api.auth import bearer
from casemgr.pages.api.body import read, sent_by
from casemgr.pages.api.operations import Id, sends
from casemgr.pages.api.paging import PageQuery, slice_of
from casemgr.pages.api.problems import Problem
from casemgr.pages.api.schema import action_schema
from casemgr.pages.clock import today as clock_today
from casemgr.parties.crypto import CannotOpen
from casemgr.parties.forms import LookForm
from casemgr.parties.models import Party
from casemgr.parties.rows import party_rows
from casemgr.parties.scope import may_handle
from casemgr.parties.search import find, is_number_like

router = Router(auth=bearer(PARTIES_READ))
FOUND_AT_MOST = 200
QUERY_LENGTH = 200
NUMBER_TO_SEARCH = gettext_lazy(
    "A document or telephone number stands in no address, where it would be kept: send it to /parties/search."
)


class PartyOut(Schema):
    id: int
    kind: str
    kind_label: str
    name: str
    identity_kind: str
    identity_label: str
    masked_number: str
    masked_phone: str
    birth_year: int | None
    address: str
    is_in_scope: bool


class PartyPage(Schema):
    items: list[PartyOut]
    next: str | None


class PartyWhole(PartyOut):
    version: int
    other_names: list[str]
    may_handle: bool
    merged_from: int | None = Field(None, description="The id asked for, when that record was merged into this one.")
    cases: str = Field(description="Where the party's cases are listed.")
    available_actions: list[OfferOut]


class PartyQuery(PageQuery):
    q: str = Field("", max_length=QUERY_LENGTH, description="Part of a name or pinyin initials; no number.")
    page: str = Field("", max_length=4)


def _require_role(request: HttpRequest) -> None:
    if not request.user.role_codes(clock_today()):
        raise Problem(403)


def _found(request: HttpRequest, q: str) -> dict[str, Any]:
    _require_role(request)
    found = slice_of(request, find(q, limit=FOUND_AT_MOST) if q.strip() else [])
    rows = party_rows(found["items"], request.user, clock_today())
    return {"items": [row.as_dict() for row in rows], "next": found["next"]}


@router.get("", response=PartyPage)
def list_parties(request: HttpRequest, query: Query[PartyQuery]) -> Any:
    """Parties that fit `q`, the best first, at most 200; without it none. A number is sent to `search`."""
    if is_number_like(query.q.strip()):
        raise Problem(422, NUMBER_TO_SEARCH, errors={"q": [str(NUMBER_TO_SEARCH)]}, code="number-in-address")
    return _found(request, query.q)


_SEARCH = {"type": "object", "required": ["q"], "properties": {"q": {"type": "string", "maxLength": QUERY_LENGTH}}}


@router.post("/search", response=PartyPage, openapi_extra=sends(_SEARCH, with_key=False))
def search_parties(request: HttpRequest) -> Any:
    """The same for a document or telephone number, which then stands in no address."""
    payload, _files = read(request)
    q = payload.get("q", "")
    if not isinstance(q, str) or len(q) > QUERY_LENGTH:
        text = _("This is not what is expected here.")
        raise Problem(422, text, errors={"q": [text]})
    return _found(request, q)


@router.get("/schema", response=dict[str, Any])
def get_party_schema(request: HttpRequest) -> Any:
    """JSON schema of a new party."""
    action, today = get_action("party.register"), clock_today()
    if not action.is_permitted(None, request.user, today):
        raise Problem(403, _("Your roles read the registry of parties; they enter nobody."))
    return action_schema(action, None, request.user, today)


@router.post("", auth=bearer(PARTIES_WRITE), response={201: PartyWhole}, openapi_extra=sends())
def register_party(request: HttpRequest, response: HttpResponse) -> Any:
    """Enter a party; a known one is found instead of entered twice."""
    party = perform_sent(request, "party.register", None, clock_today())
    response.headers["Location"] = request.build_absolute_uri(f"/api/v1/parties/{party.pk}")
    return Status(201, _whole(request, party))


@router.get("/{party_id}", response=PartyWhole)
def get_party(request: HttpRequest, response: HttpResponse, party_id: Id) -> Any:
    """One party with masked numbers. Opening it is recorded."""
    _require_role(request)
    party = _party(party_id)
    record_access(request.user, "party_opened", party, api=True)
    response.headers["ETag"] = f'"{party.version}"'
    return {**_whole(request, party), "merged_from": party_id if party.pk != party_id else None}


@router.get("/{party_id}/actions/{name}", response=ActionOut, by_alias=True)
def get_party_action(request: HttpRequest, party_id: Id, name: str) -> Any:
    """The JSON schema of the action's input, and why it is refused now, if it is."""
    _require_role(request)
    party, today = _party(party_id), clock_today()
    action = action_on(party, name)
    if action.is_permitted(party, request.user, today) and not action.is_visible(party, request.user, today):
        raise Http404
    return described(action, party, request.user, today)


@router.post(
    "/{party_id}/actions/{name}",
    auth=bearer(PARTIES_WRITE),
    response=PartyWhole,
    openapi_extra=sends(with_files=True, with_version=True),
)
def perform_party_action(request: HttpRequest, party_id: Id, name: str) -> Any:
    """Perform the action; answers with the party as it is then."""
    _require_role(request)
    party = _party(party_id)
    perform_sent(request, action_on(party, name).name, party, clock_today())
    return _whole(request, _party(party_id))


class FullNumber(Schema):
    what: Literal["number", "phone"]
    number: str


_LOOK = {
    "type": "object",
    "required": ["what", "reason"],
    "properties": {"what": {"enum": ["number", "phone"]}, "reason": {"type": "string", "maxLength": 200}},
}


@router.post(
    "/{party_id}/number",
    auth=bearer(PARTIES_WRITE),
    response=FullNumber,
    openapi_extra=sends(_LOOK, with_key=False),
)
def look_at_number(request: HttpRequest, party_id: Id) -> Any:
    """One number in full, for who handles a case of the party. The look is recorded with its reason."""
    party = _party(party_id)
    if not may_handle(request.user, party, clock_today()):
        raise Problem(403, _("Full numbers are shown only to people who handle a case of this party."))
    look = LookForm(sent_by(request).data)
    if not look.is_valid():
        raise Problem(422, errors={name: list(texts) for name, texts in look.errors.items()})
    what, reason = look.cleaned_data["what"], look.cleaned_data["reason"]
    try:
        number = (party.full_number if what == "number" else party.full_phone)(request.user, reason)
    except CannotOpen:
        raise Problem(
            409, _("The number cannot be opened: its key was erased or is not configured on this machine.")
        ) from None
    return {"what": what, "number": number}


def _party(pk: int) -> Party:
    party = Party.objects.select_related("merged_into").filter(pk=pk).first()
    if party is None:
        raise Http404
    return party.survivor() if party.merged_into_id else party


def _whole(request: HttpRequest, party: Party) -> dict[str, Any]:
    today = clock_today()
    row = party_rows([party], request.user, today)[0]
    return {
        **row.as_dict(),
        "version": party.version,
        "other_names": [str(other) for other in party.other_names.all()] if row.is_in_scope else [],
        "may_handle": may_handle(request.user, party, today),
        "cases": request.build_absolute_uri(f"/api/v1/cases?party={party.pk}"),
        "available_actions": offer_rows(party, request.user, today),
    }
