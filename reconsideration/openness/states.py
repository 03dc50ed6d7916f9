"""States of a publication and of a complaint; who may move them, and why, stands in the actions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import transition


class PublicationState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("publication", "Redaction being judged")
    APPROVED = "approved", pgettext_lazy("publication", "Approved, to be published")
    PUBLISHED = "published", pgettext_lazy("publication", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "Withdrawn")
    NEVER = "never", pgettext_lazy("publication", "Not published")


P = PublicationState
LIVING = (P.PROPOSED, P.APPROVED, P.PUBLISHED, P.NEVER)
"""Of one paper there is one of these at most; after a withdrawal it can be proposed again."""


class PublicationStates:
    """Mixin of the publication."""

    @transition(field="state", source=P.PROPOSED, target=P.APPROVED)
    def approve(self) -> None:
        """A second person has compared original and redacted text."""

    @transition(field="state", source=P.APPROVED, target=P.PROPOSED)
    def send_back(self) -> None:
        """Something more is to be redacted, or less."""

    @transition(field="state", source=P.APPROVED, target=P.PUBLISHED)
    def publish(self) -> None:
        """Text and PDF are made and never change again."""

    @transition(field="state", source=P.PUBLISHED, target=P.WITHDRAWN)
    def withdraw(self) -> None:
        """Nobody outside reads it any more."""

    @transition(field="state", source=[P.PROPOSED, P.APPROVED], target=P.NEVER)
    def keep_back(self) -> None:
        """It is not published, for a reason that stays in the file."""


class ComplaintState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "Received, not given out")
    GIVEN = "given", pgettext_lazy("complaint", "Being looked into")
    ANSWERED = "answered", pgettext_lazy("complaint", "Answered")
    PASSED_ON = "passed_on", pgettext_lazy("complaint", "Passed on to the competent organ")
    STRUCK = "struck", pgettext_lazy("complaint", "Struck")


C = ComplaintState
WAITING = (C.RECEIVED, C.GIVEN)


class ComplaintStates:
    """Mixin of the complaint about the office's handling."""

    @transition(field="state", source=[C.RECEIVED, C.GIVEN], target=C.GIVEN)
    def give(self) -> None:
        """Somebody who does not handle the case looks into it."""

    @transition(field="state", source=C.GIVEN, target=C.ANSWERED)
    def answer(self) -> None:
        """The answer is there for whoever has the code."""

    @transition(field="state", source=[C.RECEIVED, C.GIVEN], target=C.PASSED_ON)
    def pass_on(self) -> None:
        """It is another organ's matter, such as one of discipline."""

    @transition(field="state", source=C.RECEIVED, target=C.STRUCK)
    def strike(self) -> None:
        """Sent twice, or empty."""


__all__ = [
    "LIVING",
    "WAITING",
    "ComplaintState",
    "ComplaintStates",
    "PublicationState",
    "PublicationStates",
]
