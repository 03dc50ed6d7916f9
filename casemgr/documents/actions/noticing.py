"""A running public notice: its further places, and its end (Civil Procedure Law 2023, art. 95)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import Refusal
from casemgr.documents import service_forms, service_rules
from casemgr.documents.actions.serving import ServiceAction, complete, keep_proof, may_take_effect, refuse_unless
from casemgr.documents.models import Document, Publication, Service
from casemgr.documents.service_checks import PLACES_ARTICLE
from casemgr.documents.states import ServiceState

Method = Service.Method


def running(document: Document) -> list[Service]:
    """Public notices of the paper whose thirty days are not over."""
    rows = document.services.all()
    return [row for row in rows if row.state == ServiceState.SENT and row.method == Method.PUBLIC_NOTICE]


class AddPublication(ServiceAction):
    """A further place of a running notice. The thirty days count from the last one (Interpretation, art. 138(1))."""

    name = "document.add_publication"
    label = gettext_lazy("Add a place of the notice")
    form = service_forms.PublicationForm

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return refuse_unless(running(subject))
        article, day, service = str(PLACES_ARTICLE), data["published_on"], data["service"]
        if refusals := list(service_rules.of_day("published_on", day, subject.issued_on, today)):
            return refusals
        if service.effective_on and day > service.effective_on:
            message = _("The notice had already run its thirty days on that day: record a second notice instead.")
            return [Refusal("notice-over", message, article, "published_on")]
        if data["published_in"] == Publication.Place.HOME and not data.get("proof"):
            message = _("Posting at the recipient's home is photographed or filmed: add the picture.")
            return [Refusal("no-picture", message, article, "proof")]
        return []

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        service: Service = data["service"]
        service.document = document
        publication = Publication(
            service=service, place=data["published_in"], name=data["published_name"], published_on=data["published_on"]
        )
        keep_proof(publication, data.get("proof"), "publications")
        publication.save()
        if service.served_on is None or data["published_on"] > service.served_on:
            service.served_on = data["published_on"]
            service.effective_on = service_rules.effective_day(service.method, service.served_on)
            service.save()


class CompleteNotice(ServiceAction):
    """Thirty days after publication a public notice counts as service; the sweep performs it."""

    name = "document.complete_notice"
    label = gettext_lazy("Public notice takes effect")
    form = service_forms.OnItsWayForm
    roles, system, listed, nested_only = (), True, False, True

    def guard_refusals(self, subject: Document, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None or may_take_effect(data["service"], today):
            return []
        message = _("The notice has not stood for 30 days yet.")
        return [Refusal("notice-runs", message, service_rules.citation(Method.PUBLIC_NOTICE))]

    def change(self, document: Document, data: Mapping[str, Any], context: ActionContext) -> None:
        complete(document, data["service"], context)


NOTICING = (AddPublication, CompleteNotice)
