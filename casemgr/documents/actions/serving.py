"""Service on each recipient: how, when, with what proof; when it takes effect the case learns of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.actions.perform import perform
from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.actions import archived_refusal
from casemgr.documents import files, service_checks, service_forms, service_rules
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.service_addresses.current import confirmation_of
from casemgr.documents.states import DocumentState, ServiceState

Method = Service.Method
ENTERED = (
    "participation", "method", "sent_on", "served_on", "receiver_name", "receiver_kind", "relation", "place",
    "refused_because", "witness", "is_recorded", "postal_number", "medium", "via", "via_kind", "notice_ground",
    "notice", "paper_was_given", "note",
)  # fmt: skip
CONFIRMED = ("receiver_name", "receiver_kind", "relation", "note")


class ServiceAction(DocumentAction):
    """Base: on an issued paper, by those who handle the case."""

    roles = ("officer", "head")
    form = service_forms.ServeForm

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if subject.state == DocumentState.ISSUED else self.wrong_state(subject)


def keep_proof(row: Service | Publication, file: Any, folder: str = "proofs") -> None:
    """Store a scan or photo with its digest; its own name, which may name a person, is not kept."""
    if not file:
        return
    content = file.read()
    service = row if isinstance(row, Service) else row.service
    extension = files.extension_of(content[:16]) or "pdf"
    stored = files.store(content, f"{folder}/{service.document.issued_on:%Y}", extension)
    row.proof_file, row.proof_sha256, row.proof_size = stored.name, stored.sha256, stored.size


def complete(document: Document, service: Service, context: ActionContext) -> None:
    """The service took effect: tell the case, by the kind's own action, for this party and this day."""
    service.take_effect()
    service.save()
    kind = document.kind_info
    if kind.served_action and document.corrects_id is None:
        sent = {
            "party": service.participation.party_id,
            "on": service.effective_on.isoformat(),
            "document": document.pk,
        }
        document.case = perform(kind.served_action, document.case, sent, context.actor, context.today)
    count_unserved(document)


def count_unserved(document: Document) -> None:
    """Keep on the paper how many recipients are left, for the list of unserved papers."""
    served = set(document.services.filter(state=ServiceState.EFFECTIVE).values_list("participation_id", flat=True))
    document.unserved_count = sum(part.pk not in served for part in document.kind_info.recipients(document.case))


def may_take_effect(service: Service, today: date) -> bool:
    """An end of a public notice that leans on an estimated calendar waits for the published one."""
    if service.effective_on is None or service.effective_on > today:
        return False
    if service.method != Method.PUBLIC_NOTICE:
        return True
    return service_rules.notice_ends(service.served_on).calendar_status == CalendarStatus.PUBLISHED


def refusals(data: Mapping, recipient: Any, document: Document, today: date) -> list[Refusal]:
    """What the law finds wrong with a service as entered, field by field."""
    return [
        *service_rules.of_days(data, document.issued_on, today),
        *service_checks.of_way(data, recipient, document),
    ]


class ServeDocument(ServiceAction):
    """Record the service on one recipient; what is on its way takes effect later."""

    name = "document.serve"
    label = gettext_lazy("Record service")
    primary = 50

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            if service_forms.unserved_recipients(subject):
                return []
            return [Refusal("nobody-left", _("The paper is served on, or on its way to, every recipient."))]
        return refusals(data, data["participation"], subject, today)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service = Service(document=document, **{name: data[name] for name in ENTERED})
        agreed = confirmation_of(service.participation)
        if service.method == Method.PUBLIC_NOTICE:
            service.sent_on = service.served_on
        if service.method == Method.POST:
            service.to_confirmed = agreed is not None
        if service.method == Method.ELECTRONIC and not service.medium and agreed is not None:
            service.medium = agreed.medium
        service.effective_on = service_rules.effective_day(service.method, service.served_on)
        keep_proof(service, data.get("proof"))
        service.save()
        if service.method == Method.PUBLIC_NOTICE:
            _publish(service, data)
        if may_take_effect(service, context.today):
            complete(document, service, context)


def _publish(service: Service, data: Mapping[str, Any]) -> None:
    where = {"place": data["published_in"], "name": data["published_name"], "published_on": service.served_on}
    publication = Publication(service=service, **where)
    publication.save()


class ConfirmService(ServiceAction):
    """The return slip, the arrival message or the other organ's receipt has come."""

    name = "document.confirm_service"
    label = gettext_lazy("Record the arrival")
    form = service_forms.ConfirmServiceForm
    primary = 55

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return refuse_unless(on_its_way(subject, notices=False))
        service: Service = data["service"]
        if service.method == Method.PUBLIC_NOTICE:
            return [
                Refusal(
                    "notice-runs",
                    _("A public notice takes effect by itself, 30 days after publication."),
                    service_rules.citation(service.method),
                )
            ]
        kept = ("method", "sent_on", "postal_number", "medium", "via", "via_kind")
        entered = {name: getattr(service, name) for name in kept}
        entered |= {name: data[name] for name in ("served_on", "receiver_name", "receiver_kind", "relation")}
        return refusals(entered, service.participation, subject, today)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.document = document
        service.served_on = data["served_on"]
        service.effective_on = service_rules.effective_day(service.method, service.served_on)
        for name in CONFIRMED:
            setattr(service, name, data[name] or getattr(service, name))
        keep_proof(service, data.get("proof"))
        complete(document, service, context)


class AddProof(ServiceAction):
    """The signed receipt or return slip, scanned after the service was recorded; what was recorded stays as it is."""

    name = "document.add_proof"
    label = gettext_lazy("Add the proof of service")
    form = service_forms.AddProofForm

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := archived_refusal(subject.case):
            return refusal
        return None if subject.state in (DocumentState.ISSUED, DocumentState.FILED) else self.wrong_state(subject)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is not None or unproved(subject):
            return []
        return [Refusal("nothing-unproved", _("Every service of this paper has its proof."))]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.document = document
        keep_proof(service, data["proof"])
        service.save()


def unproved(document: Document) -> list[Service]:
    """Services that took effect and have no scan or photo of their proof."""
    return [
        service
        for service in document.services.all()
        if service.state == ServiceState.EFFECTIVE and not service.proof_file
    ]


class ServiceFailed(ServiceAction):
    """It came back or was broken off: the recipient is to be served in another way.

    A public notice that was withdrawn or defective ends here as well; a second one begins its thirty days anew.
    """

    name = "document.service_failed"
    label = gettext_lazy("Record that service failed")
    form = service_forms.ServiceFailedForm

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return refuse_unless(on_its_way(subject)) if data is None else []

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.failure = data["reason"]
        service.fail()
        service.save()


def on_its_way(document: Document, *, notices: bool = True) -> list[Service]:
    """Services under way; without public notices when `notices` is false."""
    return [
        service
        for service in document.services.all()
        if service.state == ServiceState.SENT and (notices or service.method != Method.PUBLIC_NOTICE)
    ]


def refuse_unless(found: list[Service]) -> list[Refusal]:
    return [] if found else [Refusal("nothing-on-its-way", _("Nothing is on its way to a recipient."))]


SERVING = (ServeDocument, ConfirmService, AddProof, ServiceFailed)
