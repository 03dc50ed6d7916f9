"""Issued papers that have not reached everybody, recipient by recipient, with the latest attempt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casemgr.actions import registry
from casemgr.cases.deadline_rows import rule_by
from casemgr.cases.models import Case, Deadline, Participation
from casemgr.cases.procedure import get_procedure
from casemgr.documents.models import Document, Service
from casemgr.documents.panels import unserved_papers
from casemgr.documents.service_addresses.current import Destination, destination, in_force
from casemgr.documents.states import DocumentState, ServiceState

Method = Service.Method
OPEN, SENT, NOTICE = "open", "sent", "notice"
MOST = 200
"""Rows of one batch: more are printed in several."""


@dataclass(frozen=True)
class Row:
    """One recipient of one paper. `latest` is the last attempt, also one in vain."""

    document: Document
    part: Participation
    destination: Destination
    latest: Service | None = None
    due: Deadline | None = None

    @property
    def key(self) -> str:
        return f"{self.document.pk}-{self.part.pk}"

    @property
    def state(self) -> str:
        if self.latest is None or self.latest.state != ServiceState.SENT:
            return OPEN
        return NOTICE if self.latest.method == Method.PUBLIC_NOTICE else SENT

    def days(self, today: date) -> int:
        return (today - self.document.issued_on).days


def papers(user: Any, today: date, asked: Mapping[str, str]) -> QuerySet[Document]:
    """Papers with unserved recipients in one's scope, by `mine`, `state` (open, sent, notice), `q` (a number)."""
    rows = unserved_papers(user, today)
    if asked.get("mine"):
        rows = rows.filter(case__in=Case.objects.filter(Q(lead_handler=user) | Q(further_handlers=user)).order_by())
    if number := asked.get("q", "").strip():
        rows = rows.filter(Q(number_text__contains=number) | Q(case__number__contains=number))
    sent = Service.objects.filter(document=OuterRef("pk"), state=ServiceState.SENT).order_by()
    state = asked.get("state")
    if state == NOTICE:
        rows = rows.filter(Exists(sent.filter(method=Method.PUBLIC_NOTICE)))
    elif state == SENT:
        rows = rows.filter(Exists(sent.exclude(method=Method.PUBLIC_NOTICE)))
    elif state == OPEN:
        counted = sent.values("document").annotate(count=Count("pk")).values("count")
        rows = rows.filter(unserved_count__gt=Coalesce(Subquery(counted), 0))
    return rows


def rows_of(documents: Iterable[Document], *, state: str = "", everybody: bool = False) -> list[Row]:
    """The recipients of the papers that are not served yet (or all), in a fixed number of queries."""
    documents = list(documents)
    cases = _whole_cases(documents)
    confirmed = in_force([case.pk for case in cases.values()])
    attempts = _attempts(documents)
    found = []
    for document in documents:
        document.case = cases[document.case_id]
        for part in document.kind_info.recipients(document.case):
            tried = attempts[document.pk, part.pk]
            if not everybody and any(service.state == ServiceState.EFFECTIVE for service in tried):
                continue
            where = destination(part, confirmed.get((part.case_id, part.party_id)))
            latest = max(tried, key=lambda service: (service.state == ServiceState.SENT, service.pk), default=None)
            row = Row(document, part, where, latest, _due(document, part))
            if not state or row.state == state:
                found.append(row)
    return found


def _attempts(documents: list[Document]) -> dict[tuple[int, int], list[Service]]:
    found: dict[tuple[int, int], list[Service]] = defaultdict(list)
    rows = Service.objects.filter(document__in=[document.pk for document in documents])
    for service in rows.exclude(state=ServiceState.STRUCK).order_by("pk"):
        found[service.document_id, service.participation_id].append(service)
    return found


def _whole_cases(documents: list[Document]) -> dict[int, Case]:
    by_procedure: dict[str, set[int]] = defaultdict(set)
    for document in documents:
        by_procedure[document.case.procedure].add(document.case_id)
    found = {}
    for code, ids in by_procedure.items():
        procedure = get_procedure(code)
        joined = ("act__agency", *procedure.extra.get("joined", ()))
        parts = Participation.objects.select_related("party").order_by("role", "order", "id")
        cases = procedure.case_model.objects.select_related(*joined).filter(pk__in=ids)
        for case in cases.prefetch_related("events", "deadlines", Prefetch("participations", parts)):
            found[case.pk] = case
    return found


def _due(document: Document, part: Participation) -> Deadline | None:
    """The running period that this service would meet, if the law sets one."""
    action = document.kind_info.served_action
    event = getattr(registry.get(action), "event", "") if action else ""
    if not event:
        return None
    running = (
        row
        for row in document.case.deadlines.all()
        if row.status == Deadline.Status.OPEN and row.due_on and row.party_id in (None, part.party_id)
    )
    wanted = (row for row in running if (rule := rule_by(row.rule, row.law)) and event in rule.met_by)
    return min(wanted, key=lambda row: row.due_on, default=None)


def chosen(user: Any, keys: Iterable[str], today: date) -> list[Row]:
    """The rows of a batch, as far as the person may serve these papers; what is unknown or invisible is left out."""
    pairs = {tuple(map(int, key.split("-"))) for key in list(keys)[:MOST] if _is_key(key)}
    visible = Case.objects.visible_to(user, today).order_by().values("pk")
    documents = Document.objects.filter(
        pk__in={document for document, _part in pairs}, case__in=visible, state=DocumentState.ISSUED
    )
    serve = registry.get("document.serve")
    rows = rows_of(documents.select_related("case").order_by("issued_on", "pk"), everybody=True)
    return [
        row for row in rows if (row.document.pk, row.part.pk) in pairs and serve.is_permitted(row.document, user, today)
    ]


def _is_key(key: str) -> bool:
    document, _dash, part = key.partition("-")
    return all(text.isascii() and text.isdigit() and len(text) < 12 for text in (document, part))
