"""The states of a referral (dossier on mediation, §5.1): both sides move the same row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition


class ReferralState(models.TextChoices):
    DRAFT = "DRAFT", _("Being prepared")
    SENT = "SENT", _("Sent")
    RECEIVED = "RECEIVED", _("Received and signed for")
    ACCEPTED = "ACCEPTED", _("Taken over")
    DECLINED = "DECLINED", _("Declined")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    RESULT_SENT = "RESULT_SENT", _("Result sent back")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Result acknowledged")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Withdrawn before it was received")


OPEN = ("DRAFT", "SENT", "RECEIVED", "ACCEPTED", "IN_PROGRESS", "RESULT_SENT", "DECLINED", "ACKNOWLEDGED")


def _to(source: str | list[str], target: str):
    return transition(field="state", source=source, target=target)


class ReferralStates:
    """Mixin of the model."""

    @_to("DRAFT", "SENT")
    def send(self) -> None: ...

    @_to("SENT", "RECEIVED")
    def receive(self) -> None: ...

    @_to("RECEIVED", "ACCEPTED")
    def accept(self) -> None: ...

    @_to("RECEIVED", "DECLINED")
    def decline(self) -> None: ...

    @_to("ACCEPTED", "IN_PROGRESS")
    def begin(self) -> None: ...

    @_to(["ACCEPTED", "IN_PROGRESS"], "RESULT_SENT")
    def send_result(self) -> None: ...

    @_to("RESULT_SENT", "ACKNOWLEDGED")
    def acknowledge(self) -> None: ...

    @_to(["ACKNOWLEDGED", "DECLINED"], "CLOSED")
    def close(self) -> None: ...

    @_to(["DRAFT", "SENT"], "CANCELLED")
    def cancel(self) -> None: ...
