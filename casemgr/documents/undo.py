"""Taking back a step of the case that a paper caused: the unserved paper is withdrawn, a mistaken service is struck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from casemgr.actions.errors import Refusal
from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.events import facts_of
from casemgr.cases.models import Case, CaseStep, Deadline
from casemgr.cases.procedure import Text
from casemgr.cases.undo.consequences import Consequence
from casemgr.documents.actions.serving import count_unserved
from casemgr.documents.models import Document, Service
from casemgr.documents.sealing.requests import drop_request
from casemgr.documents.states import DocumentState, ServiceState
from casemgr.numbering.series import void
from casemgr.pages.dates import long_date


def issued_by(step: CaseStep) -> Document | None:
    """The paper whose issue the step is."""
    return next((paper for paper in _papers(step) if paper.kind_info.issue_action == step.action), None)


def served_by(step: CaseStep) -> list[Service]:
    """The services whose effect the step is, latest first."""
    found = []
    whose = {fact.root.pk: fact.party_id for fact in facts_of(step.case)}
    for event in step.events.all():
        paper = Document.objects.filter(pk=event.data.get("document")).first()
        if paper is not None and paper.kind_info.served_action == step.action:
            found += paper.services.filter(
                participation__party_id=whose.get(event.pk, event.party_id), state=ServiceState.EFFECTIVE
            )
    return found


def _papers(step: CaseStep) -> Iterator[Document]:
    ids = {event.data["document"] for event in step.events.all() if event.data.get("document")}
    yield from Document.objects.filter(pk__in=ids)


def withdraw(document: Document, reason: str) -> None:
    """The paper is void from now on; text, file and number stay, and what was on its way is struck."""
    for service in document.services.filter(state=ServiceState.SENT):
        strike(service, reason)
    document.withdraw()
    document.unserved_count = 0
    document.version += 1
    document.save()
    drop_request(document, reason)
    if document.number is not None:
        void(document.number, reason)


def strike(service: Service, reason: str) -> None:
    """The service was recorded by mistake; the recipient is to be served anew."""
    service.strike()
    service.failure = reason[:200]
    service.save()


def is_served(document: Document) -> bool:
    return document.services.filter(state=ServiceState.EFFECTIVE).exists()


def already_served(document: Document) -> Refusal:
    """A paper that has reached somebody has effect: it can be corrected by another paper, not taken back."""
    message = _(
        "“%(paper)s” has been served and has effect: it can no longer be withdrawn. If the service was recorded by "
        "mistake, annul that step first; if the paper is wrong, correct it by a new paper."
    )
    return Refusal("paper-served", message % {"paper": document})


def corrected_by(document: Document) -> Refusal | None:
    """A paper that a later one corrects is not taken back under it."""
    later = document.corrections.filter(state__in=(DocumentState.ISSUED, DocumentState.FILED)).first()
    if later is None:
        return None
    message = _("“%(paper)s” corrects this paper and is issued: withdraw that one first.")
    return Refusal("paper-corrected", message % {"paper": later})


def resting_on(case: Case, step: CaseStep) -> Document | None:
    """A paper without a step of its own that tells somebody of this one: possible only in the state it led to."""
    if not step.moved:
        return None
    told = case.documents.filter(state__in=(DocumentState.ISSUED, DocumentState.FILED), issued_on__gte=step.on)
    for paper in told.order_by("issued_on", "pk"):
        kind = paper.kind_info
        if not kind.issue_action and step.from_state not in kind.states and step.to_state in kind.states:
            return paper
    return None


def _refuse(case: Case, step: CaseStep, today: date) -> Iterable[Refusal]:
    if told := resting_on(case, step):
        if is_served(told):
            yield already_served(told)
        else:
            message = _("“%(paper)s” rests on this step and is issued: withdraw that paper first.")
            yield Refusal("paper-issued", message % {"paper": told})
        return
    paper = issued_by(step)
    if paper is None:
        return
    if is_served(paper):
        yield already_served(paper)
    elif refusal := corrected_by(paper):
        yield refusal
    elif paper.state == DocumentState.FILED:
        yield Refusal("paper-filed", _("“%(paper)s” is on file and can no longer be withdrawn.") % {"paper": paper})


def _undo(case: Case, step: CaseStep, reason: str, today: date) -> None:
    paper = issued_by(step)
    if paper is not None and paper.state == DocumentState.ISSUED:
        withdraw(paper, reason)
    for service in served_by(step):
        document = Document.objects.get(pk=service.document_id)
        strike(service, reason)
        count_unserved(document)
        document.version += 1
        document.save()


def _describe(case: Case, step: CaseStep) -> Iterable[Text]:
    paper = issued_by(step)
    if paper is not None and paper.state == DocumentState.ISSUED:
        yield _("“%(paper)s” is withdrawn and void; its number stays used.") % {"paper": paper}
    for service in served_by(step):
        names = {"paper": service.document, "name": service.participation.name}
        yield _("The service of “%(paper)s” on %(name)s is struck; the paper is to be served anew.") % names
    yield from _periods_over(case, step)


def _periods_over(case: Case, step: CaseStep) -> Iterator[Text]:
    """What the other side may already have relied on: a period that began with the service and has run out."""
    over = (Deadline.Status.LAPSED, Deadline.Status.MET, Deadline.Status.MET_LATE, Deadline.Status.ENDED)
    roots = {event.pk for event in step.events.all()}
    for row in case.deadlines.all():
        if row.root_event_id in roots and row.status in over and row.due_on:
            words = {"rule": rule_name(row.rule, row.law), "day": long_date(row.due_on)}
            yield (
                _(
                    "“%(rule)s”, which began with this service and ended on %(day)s, would begin anew: strike the "
                    "service only if it really did not happen, and tell those who relied on it."
                )
                % words
            )


PAPERS = Consequence(_refuse, _undo, _describe)
