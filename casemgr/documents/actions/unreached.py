"""What reached nobody at first: failed attempts, mail that came back, and paper asked for after electronic service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents import service_forms, service_rules
from casemgr.documents.actions.base import DocumentAction
from casemgr.documents.actions.serving import (
    ServiceAction,
    complete,
    keep_proof,
    on_its_way,
    refuse_unless,
)
from casemgr.documents.models import Document, Service
from casemgr.documents.service_addresses.current import confirmation_of
from casemgr.documents.states import DocumentState, ServiceState

Method = Service.Method
CONFIRMED_ARTICLE = gettext_lazy("Interpretation of the Administrative Litigation Law, article 51")
PAPER_ARTICLE = gettext_lazy("Civil Procedure Law, article 90")


class RecordAttempt(ServiceAction):
    """A try that reached nobody: with its day, way and reason it can later bear a public notice (art. 95)."""

    name = "document.record_attempt"
    label = gettext_lazy("Record a failed attempt")
    form = service_forms.AttemptForm

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            if service_forms.unserved_recipients(subject):
                return []
            return [Refusal("nobody-left", _("The paper is served on, or on its way to, every recipient."))]
        return list(service_rules.of_day("sent_on", data["sent_on"], subject.issued_on, today))

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        kept = {name: data[name] for name in ("participation", "method", "sent_on", "place")}
        service = Service(document=document, failure=data["reason"], **kept)
        service.fail()
        keep_proof(service, data.get("proof"))
        service.save()


class ReturnedFromConfirmed(ServiceAction):
    """Mail to the address the party itself confirmed came back through its own doing: it counts as served.

    The day is that on which the mail came back. Interpretation of the Administrative Litigation Law, art. 51(3), and
    what the party signed with the confirmation of its address; the head answers for it (docs/decisions/0036).
    """

    name = "document.returned_mail_counts"
    label = gettext_lazy("Returned mail counts as served")
    consequence = gettext_lazy(
        "The paper counts as served on the day the mail came back, and its periods run from that day."
    )
    binding = True
    roles = ("head",)
    form = service_forms.ReturnedForm

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        mail = [service for service in on_its_way(subject) if service.method == Method.POST]
        if data is None:
            return refuse_unless(mail)
        return list(self._refusals(subject, data, today))

    def _refusals(self, document: Document, data: Mapping, today: date):
        service: Service = data["service"]
        article = str(CONFIRMED_ARTICLE)
        if service.method != Method.POST:
            yield Refusal("not-mail", _("Only mail comes back. Choose the mailing."), article, "service")
        if document.kind_info.personal:
            message = _("“%(paper)s” goes to the party in person; mail that came back has not reached it.")
            yield Refusal("personal", message % {"paper": document.title}, article)
        if not service.to_confirmed or confirmation_of(service.participation, on=service.sent_on) is None:
            message = _(
                "The mail was not sent to an address that the party has confirmed in writing: it does not count. "
                "Serve in another way."
            )
            yield Refusal("not-confirmed", message, article, "service")
        yield from service_rules.not_yet("returned_on", data["returned_on"], today)
        if service.sent_on and data["returned_on"] < service.sent_on:
            message = _("It cannot have arrived before it was sent. Check both dates.")
            yield Refusal("before-sending", message, "", "returned_on")

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.document = document
        service.served_on = service.effective_on = data["returned_on"]
        service.deemed, service.note = data["deemed"], data["note"] or service.note
        keep_proof(service, data.get("proof"))
        complete(document, service, context)


class GivePaperCopy(ServiceAction):
    """The recipient of electronic service asks for paper: it is given on request (art. 90(1)); the day stays."""

    name = "document.paper_copy"
    label = gettext_lazy("Paper copy asked for or given")
    form = service_forms.PaperCopyForm

    def state_refusal(self, subject: Document, today: date) -> Refusal | None:
        if refusal := DocumentAction.state_refusal(self, subject, today):
            return refusal
        known = subject.state in (DocumentState.ISSUED, DocumentState.FILED)
        return None if known else self.wrong_state(subject)

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            rows = subject.services.all()
            if any(row.method == Method.ELECTRONIC and row.state == ServiceState.EFFECTIVE for row in rows):
                return []
            return [Refusal("not-electronic", _("Nobody was served electronically."), str(PAPER_ARTICLE))]
        asked, given = data["paper_asked_on"], data["paper_given_on"]
        if given and given < asked:
            message = _("It cannot have been given before it was asked for. Check both dates.")
            return [Refusal("before-asking", message, "", "paper_given_on")]
        return list(service_rules.not_yet("paper_asked_on", max(asked, given or asked), today))

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.paper_asked_on, service.paper_given_on = data["paper_asked_on"], data["paper_given_on"]
        service.paper_was_given = data["paper_given_on"] is not None
        service.save()


UNREACHED = (RecordAttempt, ReturnedFromConfirmed, GivePaperCopy)
