"""Papers on the case page: the list, what can be drafted, the steps they propose; and what is still unserved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casemgr.actions import registry
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases.models import Case
from casemgr.cases.panels import NextStep
from casemgr.cases.people.standing import absent_people, has_case_role
from casemgr.cases.procedure import Stage, Text
from casemgr.documents.kinds import DocumentKind, draftable
from casemgr.documents.models import Document, Service
from casemgr.documents.states import UNFINISHED, DocumentState, ServiceState
from casemgr.organisation.roles import ROLES

TEMPLATE = "documents/_case_documents.html"
NEXT_ACTION = {
    DocumentState.DRAFT: "document.submit",
    DocumentState.RETURNED: "document.submit",
    DocumentState.IN_REVIEW: "document.review",
    DocumentState.REVIEWED: "document.sign",
    DocumentState.SIGNED: "document.issue",
    DocumentState.ISSUED: "document.serve",
}
WAITING_TEMPLATE = "documents/_waiting.html"
WAITING_AT_MOST = 200
GO_ON, SERVE = 70, 65
"""How far a paper that is under way precedes the case's other steps."""


@dataclass(frozen=True)
class PaperRow:
    """One line of the list of papers."""

    document: Document
    holder: str
    unserved: int

    @property
    def is_served(self) -> bool:
        """Issued, and in the hands of everybody it is meant for."""
        return self.document.state == DocumentState.ISSUED and not self.unserved and not self.kind.is_form

    @property
    def kind(self) -> DocumentKind:
        return self.document.kind_info


@dataclass(frozen=True)
class DraftChoice:
    """A kind of paper that the case's state allows to draft, or a form to print."""

    code: str
    label: Text
    asks: bool = True
    """Whether something must be chosen before a form can be printed."""


def papers_of(case: Case) -> list[Document]:
    """The case's papers, read once per page."""
    if "_papers" not in case.__dict__:
        rows = case.documents.living().select_related("author", "corrects").order_by("id")
        case._papers = [_with_case(document, case) for document in rows]
    return case._papers


def _with_case(document: Document, case: Case) -> Document:
    document.case = case
    if document.corrects_id is not None:
        document.corrects.case = case
    return document


def holder_of(document: Document) -> str:
    """Who has the paper now, in words."""
    kind, state = document.kind_info, document.state
    if state in (DocumentState.DRAFT, DocumentState.RETURNED):
        return document.author.full_name
    if state == DocumentState.IN_REVIEW:
        return _role_words(kind.reviewer_roles)
    if state == DocumentState.REVIEWED:
        return _role_words(kind.signer_roles)
    if state == DocumentState.SIGNED or (state == DocumentState.ISSUED and document.unserved_count):
        return _role_words(kind.issuer_roles)
    return ""


LIES: dict[str, Text] = {
    DocumentState.DRAFT: gettext_lazy("“%(paper)s” is a draft and lies with %(who)s."),
    DocumentState.RETURNED: gettext_lazy("“%(paper)s” was returned for changes and lies with %(who)s."),
    DocumentState.IN_REVIEW: gettext_lazy("“%(paper)s” is being examined by: %(who)s."),
    DocumentState.REVIEWED: gettext_lazy("“%(paper)s” is to be signed by: %(who)s."),
    DocumentState.SIGNED: gettext_lazy("“%(paper)s” is signed; it is to be numbered and sealed by: %(who)s."),
    DocumentState.ISSUED: gettext_lazy("“%(paper)s” is issued and still to be served by: %(who)s."),
}


ON_ITS_WAY = gettext_lazy("“%(paper)s” is on its way to its recipients; its arrival is recorded by: %(who)s.")
PUBLISHED = gettext_lazy("“%(paper)s” is served by public notice, which takes effect by itself.")


def whereabouts(case: Case) -> Iterator[str]:
    """With whom each paper under way lies: in the words of its state, the holder by `holder_of`."""
    for document in papers_of(case):
        if holder := holder_of(document):
            words = {"document.confirm_service": ON_ITS_WAY, "": PUBLISHED}
            yield words.get(_next_action(document), LIES[document.state]) % {"paper": document.title, "who": holder}


def _role_words(codes: tuple[str, ...]) -> str:
    return pgettext("between two roles", ", ").join(str(ROLES[code].label) for code in codes)


def case_documents_context(case: Case, user: Any, today: date) -> dict[str, Any]:
    """For `documents/_case_documents.html`."""
    documents = papers_of(case)
    kinds = _open_kinds(case, user, today)
    return {
        "papers": [PaperRow(document, holder_of(document), document.unserved_count) for document in documents],
        "notices": running_notices(case),
        "day": today,
        "choices": [DraftChoice(kind.code, kind.name) for kind in kinds if not kind.is_form],
        "forms": [
            DraftChoice(kind.code, kind.name, bool(kind.form.base_fields))
            for kind in kinds
            if kind.is_form and not kind.purpose
        ],
    }


def running_notices(case: Case) -> list[Service]:
    """Public notices whose thirty days run: when each takes effect is a day of the case."""
    notices = [service for service in _under_way(case) if service.method == Service.Method.PUBLIC_NOTICE]
    return sorted(notices, key=lambda service: (service.effective_on or date.max, service.pk))


def _under_way(case: Case) -> list[Service]:
    """What is on its way to recipients not served yet, read once per page."""
    if "_under_way" not in case.__dict__:
        left = [document.pk for document in papers_of(case) if document.unserved_count]
        rows = Service.objects.filter(document__in=left, state=ServiceState.SENT)
        case._under_way = list(rows.select_related("document", "participation").order_by("pk")) if left else []
    return case._under_way


def _open_kinds(case: Case, user: Any, today: date) -> list[DocumentKind]:
    """Kinds the person may draft now: no draft of the kind is under way, and it was not issued yet."""
    if case.stage == Stage.ARCHIVED:
        return []
    taken = {document.kind for document in papers_of(case)}
    return [
        kind
        for kind in draftable(case)
        if not (kind.is_single and not kind.is_form and kind.code in taken)
        and has_case_role(user, kind.drafter_roles, case, today)
    ]


def paper_steps(case: Case, user: Any, today: date) -> Iterator[NextStep]:
    """Papers as next steps of the case: go on with one, serve one, draft the one that comes next."""
    for document in papers_of(case):
        if (step := _step_of(document, user, today)) is not None:
            yield step
    for kind in _open_kinds(case, user, today):
        if kind.is_form:
            continue
        url = f"{reverse('document_draft', args=[case.pk])}?kind={kind.code}"
        label = _("Draft: %(paper)s") % {"paper": kind.name}
        too_early = _too_early(kind, case, user, today)
        yield NextStep(
            label=label,
            url=url,
            primary=0 if too_early else kind.primary,
            topic=_topic_of(kind),
            too_early=too_early if kind.primary else (),
        )


def _topic_of(kind: DocumentKind) -> Topic:
    """A paper belongs to what its issue does to the case."""
    return (registry.get(kind.issue_action).topic if kind.issue_action else None) or Topic.COURSE


def _too_early(kind: DocumentKind, case: Case, user: Any, today: date) -> tuple[Refusal, ...]:
    """Why the case's action would refuse the paper today: then drafting it is not yet the next step."""
    if not kind.issue_action:
        return ()
    return tuple(registry.refusals(registry.get(kind.issue_action), case, user, today))


def _next_action(document: Document) -> str | None:
    """What comes next on the paper: "" when it only waits (a public notice runs), None when nothing does.

    Sent to everybody who is left, an issued paper is not to be sent again: its arrival is to be recorded.
    """
    name = NEXT_ACTION.get(document.state)
    if document.state != DocumentState.ISSUED:
        return name
    if not document.unserved_count:
        return None
    sent = [service for service in _under_way(document.case) if service.document_id == document.pk]
    if document.unserved_count > len({service.participation_id for service in sent}):
        return name
    is_awaited = any(service.method != Service.Method.PUBLIC_NOTICE for service in sent)
    return "document.confirm_service" if is_awaited else ""


def _step_of(document: Document, user: Any, today: date) -> NextStep | None:
    name = _next_action(document)
    if not name:
        return None
    action = registry.get(name)
    if not action.is_permitted(document, user, today):
        return None
    named = {"step": action.label, "paper": document.title}
    primary = SERVE if document.state == DocumentState.ISSUED else GO_ON
    url = reverse("document_detail", args=[document.pk])
    if document.state == DocumentState.ISSUED:
        url = reverse("document_action", args=[document.pk, name])
    return NextStep(label=_("%(step)s: %(paper)s") % named, url=url, primary=primary)


def waiting_papers_context(user: Any, today: date) -> dict[str, Any]:
    """Papers whose next step is this person's: own drafts and those of whom they stand in for, and what is to be
    reviewed, signed or issued."""
    visible = Case.objects.visible_to(user, today).exclude(stage=Stage.ARCHIVED).order_by().values("pk")
    under_way = Document.objects.filter(state__in=UNFINISHED, case__in=visible).select_related("case", "author")
    authors = {user.pk, *(absent.pk for absent in absent_people(user, today))}
    sign = registry.get("document.sign")
    waiting, coming = [], []
    for document in under_way.order_by("id")[:WAITING_AT_MOST]:
        is_drafted = document.state in (DocumentState.DRAFT, DocumentState.RETURNED)
        action = registry.get(NEXT_ACTION[document.state])
        is_mine = document.author_id in authors if is_drafted else action.is_permitted(document, user, today)
        if is_mine:
            waiting.append((document, action.label))
        elif document.state == DocumentState.IN_REVIEW and sign.is_permitted(document, user, today):
            coming.append((document, holder_of(document)))
    return {"waiting": waiting, "coming": coming}


def unserved_papers(user: Any, today: date) -> QuerySet[Document]:
    """Issued papers not yet served on everybody, in the cases the person may see; the oldest first."""
    visible = Case.objects.visible_to(user, today).order_by().values("pk")
    return (
        Document.objects.unserved()
        .filter(case__in=visible)
        .exclude(case__stage=Stage.ARCHIVED)
        .select_related("case")
        .order_by("issued_on", "id")
    )
