"""From the draft to the organ's answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import transition


class TransferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("clues", "Draft")
    RELEASED = "released", pgettext_lazy("clues", "Released, to be handed over")
    HANDED = "handed", pgettext_lazy("clues", "Handed over, no receipt yet")
    RECEIVED = "received", pgettext_lazy("clues", "Receipt came, no result yet")
    ANSWERED = "answered", pgettext_lazy("clues", "Result known")
    STRUCK = "struck", pgettext_lazy("clues", "Struck")


S = TransferState


class TransferStates:
    """Mixin of the record; who may, and why, stands in the actions."""

    @transition(field="state", source=S.DRAFT, target=S.RELEASED)
    def release(self) -> None:
        """A leader answers for it: it bears a number and its text is fixed."""

    @transition(field="state", source=S.RELEASED, target=S.HANDED)
    def hand_over(self) -> None:
        """The organ has it."""

    @transition(field="state", source=S.HANDED, target=S.RECEIVED)
    def receive(self) -> None:
        """The organ has confirmed it."""

    @transition(field="state", source=[S.HANDED, S.RECEIVED, S.ANSWERED], target=S.ANSWERED)
    def answer(self) -> None:
        """What came of it, perhaps for the second time: first a case is opened, later it ends."""

    @transition(field="state", source=[S.DRAFT, S.RELEASED], target=S.STRUCK)
    def strike(self) -> None:
        """It is not handed over after all."""
