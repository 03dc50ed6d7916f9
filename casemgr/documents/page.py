"""What the page of one paper shows: where it stands, who has it, what can be done, what is missing, whom it reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from casemgr.actions import registry
from casemgr.actions.errors import Refusal
from casemgr.audit.access import record_access
from casemgr.cases.emergency.policy import is_opened_for
from casemgr.cases.models import Case, Participation
from casemgr.cases.people.standing import has_case_role
from casemgr.cases.procedure import Text
from casemgr.documents import issuing
from casemgr.documents.definition import definition_of
from casemgr.documents.kinds import DocumentKind, Missing, kinds_of
from casemgr.documents.models import Document, Service
from casemgr.documents.reading import Reading
from casemgr.documents.rendering import DocumentText, KeyValues, Pictures, Section, Table
from casemgr.documents.rendering.svg import render_svg
from casemgr.documents.service_rules import citation
from casemgr.documents.states import DocumentState, ServiceState
from casemgr.pages.articles import article_in_words
from casemgr.pages.charts import Chart


def visible_document(user: Any, pk: int, today: date) -> Document:
    """The paper with its case, participants and services.

    :raises Http404: it does not exist, or its case is not within the person's scope: both look the same.
    """
    visible = Case.objects.visible_to(user, today).order_by().values("pk")
    rows = Document.objects.filter(case__in=visible).select_related("case", "author", "reviewer", "signer", "corrects")
    services = Service.objects.select_related("participation").prefetch_related("publications")
    document = rows.prefetch_related(Prefetch("services", services)).filter(pk=pk).first()
    if document is None:
        raise Http404
    document.case = _whole_case(document.case)
    if document.corrects_id is not None:
        document.corrects.case = document.case
    return document


def _whole_case(case: Case) -> Case:
    parts = Participation.objects.select_related("party")
    cases = case.definition.case_model.objects.select_related("unit", "lead_handler", "act__agency")
    return cases.prefetch_related("events", Prefetch("participations", parts)).get(pk=case.pk)


def record_opening(user: Any, document: Document, today: date, **data: Any) -> None:
    """A file of a restricted case, or of one seen by an emergency, was opened: a printed paper, a proof of service."""
    is_restricted = document.case.confidentiality == Case.Confidentiality.RESTRICTED
    if is_restricted or is_opened_for(user, document.case, today):
        record_access(user, "document_opened", document, case=document.case_id, **data)


@dataclass(frozen=True)
class Reason:
    """A refusal with its legal basis in words."""

    message: Text
    basis: str = ""
    field: str | None = None
    url: str = ""
    """Where it is filled in, of what is missing."""


def reasons(case: Case, refusals: list[Refusal] | tuple[Refusal, ...]) -> list[Reason]:
    """A bare article belongs to the procedure's own statute; a full citation stands as it is."""
    statute = str(case.definition.extra.get("statute", ""))
    return [Reason(refusal.message, _basis(refusal.article, statute), refusal.field) for refusal in refusals]


def _basis(article: str, statute: str) -> str:
    if not article:
        return ""
    return f"{statute}{article_in_words(article)}" if article[0].isdigit() else article


@dataclass(frozen=True)
class Mark:
    """One step of the stepper; `css` is done, now or empty."""

    label: Text
    css: str


_ORDER = (
    (gettext_lazy("Drafted"), (DocumentState.DRAFT, DocumentState.RETURNED)),
    (gettext_lazy("Examined"), (DocumentState.IN_REVIEW,)),
    (gettext_lazy("Signed"), (DocumentState.REVIEWED,)),
    (gettext_lazy("Numbered and sealed"), (DocumentState.SIGNED,)),
    (gettext_lazy("Served"), (DocumentState.ISSUED,)),
    (gettext_lazy("Put on file"), (DocumentState.FILED,)),
)


def stepper(document: Document, recipients: list[Participation]) -> list[Mark]:
    """拟稿→审核→签发→编号用印→送达→归档; steps the kind does not have are left out."""
    if document.state in (DocumentState.VOID, DocumentState.WITHDRAWN):
        return []
    kind = document.kind_info
    left_out = {index for index, has in ((1, kind.reviewer_roles), (2, kind.signer_roles), (4, recipients)) if not has}
    here = next(index for index, (_label, states) in enumerate(_ORDER) if document.state in states)
    if document.state == DocumentState.ISSUED and not document.unserved_count:
        here = 5
    marks = []
    for index, (label, _states) in enumerate(_ORDER):
        if index not in left_out:
            is_done = index < here or document.state == DocumentState.FILED
            marks.append(Mark(label, "done" if is_done else "now" if index == here else ""))
    return marks


@dataclass(frozen=True)
class Option:
    """A step offered on the page."""

    label: Text
    url: str
    reasons: tuple[Reason, ...] = ()
    primary: int = 0
    why: Text = ""


@dataclass(frozen=True)
class Options:
    """`main` is the page's primary button."""

    main: Option | None
    others: list[Option]
    blocked: list[Option]
    edit_url: str = ""


def options(document: Document, user: Any, today: date) -> Options:
    """What the person can do with the paper now, the next lawful step first."""
    found = []
    for offer in registry.offers(document, user, today):
        action = offer.action
        url = reverse("document_action", args=[document.pk, action.name])
        why = tuple(reasons(document.case, offer.refusals))
        found.append(
            Option(action.label_for(document), url, why, action.priority(document), action.consequence_for(document))
        )
    possible = [option for option in found if not option.reasons]
    main = next((option for option in possible if option.primary), None)
    edit = registry.get("document.edit")
    may_edit = document.is_editable and edit.is_permitted(document, user, today)
    return Options(
        main=main,
        others=[option for option in possible if option is not main],
        blocked=[option for option in found if option.reasons and option.primary > _QUIET],
        edit_url=reverse("document_edit", args=[document.pk]) if may_edit else "",
    )


def may_now(name: str, document: Document, user: Any, today: date) -> bool:
    """Whether the person may take the step, and the paper is in a state for it."""
    action = registry.get(name)
    return action.is_permitted(document, user, today) and action.state_refusal(document, today) is None


_QUIET = 55
"""Steps that say nothing when they are not possible: nobody left to serve, nothing on its way."""


def own_draft_note(document: Document, user: Any, today: date) -> str:
    """Why somebody who could pass other papers at this desk cannot pass this one; empty when that is not so."""
    name = {DocumentState.IN_REVIEW: "document.review", DocumentState.REVIEWED: "document.sign"}.get(document.state)
    if name is None or not document.is_own_draft_of(user):
        return ""
    action = registry.get(name)
    if action.is_permitted(document, user, today):
        return ""
    may_otherwise = has_case_role(user, action.roles_for(document.kind_info), document.case, today)
    return action.forbidden_message(document, user, today) if may_otherwise else ""


def missing(document: Document, user: Any, today: date) -> list[Reason]:
    """What an unfinished paper still lacks, and what cannot be printed; each with the place where it is mended."""
    if document.is_sealed or document.state == DocumentState.VOID:
        return []
    kind, form = document.kind_info, reverse("document_edit", args=[document.pk])
    found = [*issuing.incomplete(document), *issuing.unprintable(document)]
    if not document.is_editable:
        return reasons(document.case, found)
    places = _places(document.case, kind, kind.requires(document.case, document.data), form, user, today)
    return [_with_place(document.case, refusal, places.get(refusal.code, f"{form}#text")) for refusal in found]


def needed(case: Case, kind: DocumentKind, user: Any, today: date) -> list[Reason]:
    """What a paper of the kind will need and the case does not say yet, before anything is drafted."""
    lacking = kind.requires(case, {})
    places = _places(case, kind, lacking, "", user, today)
    refusals = [Refusal(item.code, item.message, item.article, item.field) for item in lacking]
    return [_with_place(case, refusal, places[refusal.code]) for refusal in refusals]


def _places(
    case: Case, kind: DocumentKind, lacking: Sequence[Missing], form: str, user: Any, today: date
) -> dict[str, str]:
    """Where each thing is entered: the kind's own fields on its form, else by a step of the case, else on its page."""
    page = reverse("case_detail", args=[case.pk])
    found = {}
    for item in lacking:
        if item.field in kind.form.base_fields:
            found[item.code] = f"{form}#id_{item.field}"
        elif item.mended_by and registry.get(item.mended_by).is_permitted(case.typed(), user, today):
            found[item.code] = reverse("case_action", args=[case.pk, item.mended_by])
        else:
            found[item.code] = page
    return found


def _with_place(case: Case, refusal: Refusal, url: str) -> Reason:
    (reason,) = reasons(case, [refusal])
    return replace(reason, url=url)


def sheets(document: Document) -> list[SafeString]:
    """The pages of a draft as they would be printed."""
    return [mark_safe(sheet) for sheet in render_svg(definition_of(document), str(_SHEET))]


_SHEET = gettext_lazy("Page %(number)d of %(count)d")


@dataclass(frozen=True)
class ShownPart:
    """A part of the text as the page shows it."""

    heading: str
    paragraphs: list[str]
    tables: list[list[tuple[Any, ...]]]
    pairs: list[tuple[str, str]]
    charts: list[Chart]


def shown_text(printed: DocumentText) -> list[ShownPart]:
    """The text as printed, numbers masked, with the cells of its forms."""
    return [_shown(section) for section in printed.sections]


def frame_of(reading: Reading) -> dict[str, Any]:
    """What stands above and below the text."""
    printed = reading.printed
    head = {"issuer": printed.issuer, "title": printed.title, "number": printed.number}
    return {**head, "attached": reading.attached, "signed": reading.signed}


def _shown(section: Section) -> ShownPart:
    return ShownPart(
        heading=section.heading,
        paragraphs=section.text.splitlines(),
        tables=[list(block.rows) for block in section.blocks if isinstance(block, Table)],
        pairs=[pair for block in section.blocks if isinstance(block, KeyValues) for pair in block.pairs],
        charts=[chart for block in section.blocks if isinstance(block, Pictures) for chart in block.charts],
    )


@dataclass(frozen=True)
class Delivery:
    """One recipient and how far the service on them is."""

    recipient: Participation
    services: list[Service]
    citation: str = ""

    @property
    def served(self) -> Service | None:
        return next((service for service in self.services if service.state == ServiceState.EFFECTIVE), None)

    @property
    def is_waiting(self) -> bool:
        return any(service.state == ServiceState.SENT for service in self.services)


def deliveries(document: Document, recipients: list[Participation]) -> list[Delivery]:
    """Every recipient of the paper, with all attempts."""
    rows = []
    for recipient in recipients:
        services = [service for service in document.services.all() if service.participation_id == recipient.pk]
        for service in services:
            service.basis = citation(service.method)
        rows.append(Delivery(recipient, services))
    return rows


def kind_for(case: Case, purpose: str) -> DocumentKind | None:
    """The procedure's paper that serves others: `receipt`, `address` or `notice`; None if it has none."""
    return next((kind for kind in kinds_of(case.procedure).values() if kind.purpose == purpose), None)
