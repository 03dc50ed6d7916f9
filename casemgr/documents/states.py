"""States of a paper and of a service. Who may, and under what law, is in actions and rules."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition


class DocumentState(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    IN_REVIEW = "IN_REVIEW", _("Under examination")
    REVIEWED = "REVIEWED", _("Examined, waiting for signature")
    SIGNED = "SIGNED", _("Signed, waiting for number and seal")
    RETURNED = "RETURNED", _("Returned for changes")
    ISSUED = "ISSUED", _("Issued")
    FILED = "FILED", _("Filed")
    VOID = "VOID", _("Draft discarded")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn before service, void")


WAITING_FOR_SIGNATURE = _("Waiting for signature")
"""How “examined” reads for a paper that needs no examination."""
S = DocumentState
UNFINISHED = (S.DRAFT, S.RETURNED, S.IN_REVIEW, S.REVIEWED, S.SIGNED)
SEALED = (S.ISSUED, S.FILED, S.WITHDRAWN)
"""From here on neither text nor file ever changes."""


def _to(source: list[str], target: str):
    return transition(field="state", source=source, target=target)


class DocumentStates:
    """Mixin of the document: its transitions."""

    @_to([S.DRAFT, S.RETURNED], S.DRAFT)
    def edit(self) -> None: ...

    @_to([S.DRAFT, S.RETURNED], S.IN_REVIEW)
    def submit(self) -> None: ...

    @_to([S.IN_REVIEW, S.REVIEWED, S.SIGNED], S.RETURNED)
    def return_for_changes(self) -> None: ...

    @_to([S.IN_REVIEW], S.REVIEWED)
    def review(self) -> None: ...

    @_to([S.REVIEWED], S.SIGNED)
    def sign(self) -> None: ...

    @_to([S.SIGNED], S.ISSUED)
    def issue(self) -> None: ...

    @_to([S.ISSUED], S.FILED)
    def put_on_file(self) -> None: ...

    @_to([S.ISSUED], S.WITHDRAWN)
    def withdraw(self) -> None: ...

    @_to(list(UNFINISHED), S.VOID)
    def void_draft(self) -> None: ...


class ServiceState(models.TextChoices):
    SENT = "SENT", _("On its way")
    EFFECTIVE = "EFFECTIVE", _("Served")
    FAILED = "FAILED", _("Not delivered")
    STRUCK = "STRUCK", _("Recorded by mistake, struck")


OVER = (ServiceState.FAILED, ServiceState.STRUCK)
"""Attempts that leave the recipient to be served anew."""


class ServiceStates:
    """Mixin of the service: its transitions."""

    @_to([ServiceState.SENT], ServiceState.EFFECTIVE)
    def take_effect(self) -> None: ...

    @_to([ServiceState.SENT], ServiceState.FAILED)
    def fail(self) -> None: ...

    @_to([ServiceState.SENT, ServiceState.EFFECTIVE], ServiceState.STRUCK)
    def strike(self) -> None: ...
