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
from casemgr.documents import files, forms, service_rules
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.models import Document, Service
from casemgr.documents.states import DocumentState, ServiceState


class ServiceAction(DocumentAction):
    """Base: on an issued paper, by those who handle the case."""

    roles = ("officer", "head")
    form = forms.ServeForm

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        return None if subject.state == DocumentState.ISSUED else self.wrong_state(subject)


def keep_proof(service: Service, file: Any) -> None:
    """Store the scan or photo of a service with its digest; its own name, which may name a person, is not kept."""
    if not file:
        return
    content = file.read()
    stored = files.store(content, f"proofs/{service.document.issued_on:%Y}", files.extension_of(content[:16]) or "pdf")
    service.proof_file, service.proof_sha256, service.proof_size = stored.name, stored.sha256, stored.size


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


def _may_take_effect(service: Service, today: date) -> bool:
    """An end of a public notice that leans on an estimated calendar waits for the published one."""
    if service.effective_on is None or service.effective_on > today:
        return False
    if service.method != Service.Method.PUBLIC_NOTICE:
        return True
    return service_rules.notice_ends(service.served_on).calendar_status == CalendarStatus.PUBLISHED


class ServeDocument(ServiceAction):
    """Record the service on one recipient; what is on its way takes effect later."""

    name = "document.serve"
    label = gettext_lazy("Record service")
    primary = 50

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            if forms.unserved_recipients(subject):
                return []
            return [Refusal("nobody-left", _("The paper is served on, or on its way to, every recipient."))]
        return service_rules.refusals(data, data["participation"], subject.issued_on, today)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        plain = {
            name: data[name]
            for name in (
                "participation", "method", "sent_on", "served_on", "receiver_name", "relation", "witness",
                "is_recorded", "postal_number", "notice_ground", "paper_was_given", "note",
            )
        }  # fmt: skip
        service = Service(document=document, **plain)
        if service.method == Service.Method.PUBLIC_NOTICE:
            service.sent_on = service.served_on
        service.effective_on = service_rules.effective_day(service.method, service.served_on)
        keep_proof(service, data.get("proof"))
        service.save()
        if _may_take_effect(service, context.today):
            complete(document, service, context)


class ConfirmService(ServiceAction):
    """The return slip, the arrival message or the other organ's receipt has come."""

    name = "document.confirm_service"
    label = gettext_lazy("Record the arrival")
    form = forms.ConfirmServiceForm
    primary = 55

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return _refuse_unless(_on_its_way(subject, notices=False))
        service: Service = data["service"]
        if service.method == Service.Method.PUBLIC_NOTICE:
            return [
                Refusal(
                    "notice-runs",
                    _("A public notice takes effect by itself, 30 days after publication."),
                    service_rules.citation(service.method),
                )
            ]
        entered = {
            "method": service.method,
            "sent_on": service.sent_on,
            "served_on": data["served_on"],
            "postal_number": service.postal_number,
            "receiver_name": data["receiver_name"],
            "relation": data["relation"],
        }
        return service_rules.refusals(entered, service.participation, subject.issued_on, today)

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.document = document
        service.served_on = data["served_on"]
        service.effective_on = service_rules.effective_day(service.method, service.served_on)
        for name in ("receiver_name", "relation", "note"):
            setattr(service, name, data[name] or getattr(service, name))
        keep_proof(service, data.get("proof"))
        complete(document, service, context)


class ServiceFailed(ServiceAction):
    """It came back or was broken off: the recipient is to be served in another way."""

    name = "document.service_failed"
    label = gettext_lazy("Record that service failed")
    form = forms.ServiceFailedForm

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        return _refuse_unless(_on_its_way(subject)) if data is None else []

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.failure = data["reason"]
        service.fail()
        service.save()


class CompleteNotice(ServiceAction):
    """Thirty days after publication a public notice counts as service; the sweep performs it."""

    name = "document.complete_notice"
    label = gettext_lazy("Public notice takes effect")
    form = forms.OnItsWayForm
    roles, system, listed, nested_only = (), True, False, True

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or _may_take_effect(data["service"], today):
            return []
        message = _("The notice has not stood for 30 days yet.")
        return [Refusal("notice-runs", message, service_rules.citation(Service.Method.PUBLIC_NOTICE))]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        complete(document, data["service"], context)


def _on_its_way(document: Document, *, notices: bool = True) -> list[Service]:
    return [
        service
        for service in document.services.all()
        if service.state == ServiceState.SENT and (notices or service.method != Service.Method.PUBLIC_NOTICE)
    ]


def _refuse_unless(found: list[Service]) -> list[Refusal]:
    return [] if found else [Refusal("nothing-on-its-way", _("Nothing is on its way to a recipient."))]


SERVING = (ServeDocument, ConfirmService, ServiceFailed, CompleteNotice)
