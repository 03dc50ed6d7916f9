"""The court's confirmation of an agreement: a machine of its own beside the case (dossier §1.6)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import transition


class ConfirmationState(models.TextChoices):
    READY = "READY", _("Papers complete")
    FILED = "FILED", _("Filed with the court")
    ACCEPTED = "ACCEPTED", _("Accepted by the court")
    REFUSED = "REFUSED", _("Not accepted by the court")
    VALID = "VALID", _("Ruled valid")
    REJECTED = "REJECTED", _("Application rejected by ruling")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("confirmation", "Withdrawn")
    DEEMED_WITHDRAWN = "DEEMED_WITHDRAWN", _("Treated as withdrawn")
    OBJECTED = "OBJECTED", _("Objection raised")
    UPHELD = "UPHELD", _("Ruling upheld")
    CHANGED = "CHANGED", _("Ruling changed")
    REVOKED = "REVOKED", _("Ruling revoked")


def _to(source: str | list[str], target: str):
    return transition(field="state", source=source, target=target)


class ConfirmationStates:
    """Mixin of `Confirmation`."""

    @_to("READY", "FILED")
    def file(self) -> None: ...

    @_to("FILED", "ACCEPTED")
    def accept(self) -> None: ...

    @_to("FILED", "REFUSED")
    def refuse(self) -> None: ...

    @_to("ACCEPTED", "VALID")
    def rule_valid(self) -> None: ...

    @_to("ACCEPTED", "REJECTED")
    def rule_rejected(self) -> None: ...

    @_to(["READY", "FILED", "ACCEPTED"], "WITHDRAWN")
    def withdraw(self) -> None: ...

    @_to("ACCEPTED", "DEEMED_WITHDRAWN")
    def deem_withdrawn(self) -> None: ...

    @_to("VALID", "OBJECTED")
    def object(self) -> None: ...

    @_to("OBJECTED", "UPHELD")
    def uphold(self) -> None: ...

    @_to("OBJECTED", "CHANGED")
    def change(self) -> None: ...

    @_to("OBJECTED", "REVOKED")
    def revoke(self) -> None: ...
