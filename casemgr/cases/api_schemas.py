"""The shapes of what the API says of cases, for its description."""

from __future__ import annotations

from ninja import Schema

from casemgr.actions.api_schemas import OfferOut
from casemgr.pages.api.operations import Day


class Named(Schema):
    id: int
    name: str


class CaseHead(Schema):
    id: int
    procedure: str
    number: str
    title: str
    state: str
    state_label: str
    stage: str
    version: int
    unit: Named
    lead_handler: Named | None
    opened_on: Day
    closed_on: Day
    outcome: str
    next_due_on: Day
    next_other_due_on: Day


class DueOut(Schema):
    on: Day
    ours: bool
    name: str
    about: str
    calendar_status: str


class CaseItem(CaseHead):
    sides: str
    due: DueOut | None


class CasePage(Schema):
    items: list[CaseItem]
    next: str | None


class ActOut(Schema):
    id: int
    agency: str
    number: str
    date: Day
    kind: str
    title: str


class PartOut(Schema):
    participation: int
    id: int
    role: str
    role_label: str
    name: str
    kind: str
    masked_number: str
    left_on: Day


class DeadlineOut(Schema):
    id: int
    rule: str
    name: str
    about: str
    start: Day
    due: Day
    status: str
    met_on: Day
    calendar_status: str
    citation: str
    party: int | None
    party_name: str
    bound_party: str
    ours: bool


class PaperRow(Schema):
    id: int
    kind: str
    title: str
    number: str
    state: str
    state_label: str
    issued_on: Day
    sha256: str
    version: int


class LinkedCase(Schema):
    id: int
    number: str
    procedure: str


class LinkOut(Schema):
    id: int
    kind: str
    label: str
    from_this: bool
    case: LinkedCase


class CaseOut(CaseHead):
    confidentiality: str
    law_version: str
    is_past_record: bool
    act: ActOut | None
    parties: list[PartOut]
    deadlines: list[DeadlineOut]
    documents: list[PaperRow]
    links: list[LinkOut]
    available_actions: list[OfferOut]


class CorrectionOut(Schema):
    was: Day
    now: Day
    by: str
    at: str
    reason: str


class EntryOut(Schema):
    id: int
    kind: str
    title: str
    on: Day
    precision: str
    as_written: str
    party: int | None
    party_name: str
    lines: list[str]
    recorded_at: str
    recorded_by: str
    milestone: bool
    deemed: bool
    struck: bool
    struck_reason: str
    corrections: list[CorrectionOut]
    deadlines_met: list[str]


class Timeline(Schema):
    items: list[EntryOut]
    next: str | None
