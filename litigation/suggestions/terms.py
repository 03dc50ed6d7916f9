"""The words of judicial and procuratorial suggestions and of supervision by the procuratorate."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterKind(models.TextChoices):
    """What the letter is: its kind alone decides within what time it is answered (dossier §2.1, §8 trap 21)."""

    NORMATIVE = "normative", _("Judicial suggestion on a normative document")  # Interpretation 2018, art. 149
    GOVERNANCE = "governance", _("Judicial suggestion for comprehensive governance")  # Provisions of 2023, art. 8
    NOT_PERFORMED = "not_performed", _("Judicial suggestion because a ruling is not performed")  # art. 96(4)
    ABSENCE = "absence", _("Judicial suggestion because the head did not attend")  # art. 66(2)
    PUBLIC_INTEREST = "public_interest", _("Procuratorial suggestion, public interest")  # Interpretation, art. 21(2)
    PUBLIC_INTEREST_URGENT = "public_urgent", _("Procuratorial suggestion, public interest, urgent")
    PROCURATORIAL = "procuratorial", _("Other procuratorial suggestion")  # Rules of 2019, art. 19


JUDICIAL = (LetterKind.NORMATIVE, LetterKind.GOVERNANCE, LetterKind.NOT_PERFORMED, LetterKind.ABSENCE)
LETTER_MAY_SAY = (LetterKind.GOVERNANCE, LetterKind.NOT_PERFORMED, LetterKind.ABSENCE, LetterKind.PROCURATORIAL)
"""Whose own date counts: where the law fixes the length, the letter changes nothing."""
NO_ANSWER_OWED = (LetterKind.ABSENCE,)
"""No duty to report back is stated."""


class Adoption(models.TextChoices):
    """What a recipient's answer says. An answer is no performance."""

    ADOPTED = "adopted", pgettext_lazy("suggestion", "Adopted")
    PARTLY = "partly", pgettext_lazy("suggestion", "Adopted in part")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("suggestion", "Not adopted")
    OBJECTED = "objected", pgettext_lazy("suggestion", "Objected to")  # Rules of 2019, art. 23


class Result(models.TextChoices):
    """How the file of a suggestion ends."""

    DONE = "done", _("Performed by every recipient")
    EXPLAINED = "explained", _("Not adopted, and the reasons were told")
    WITHDRAWN = "withdrawn", pgettext_lazy("suggestion", "Taken back by the sender")
    SUED = "sued", _("The procuratorate sued")


class Origin(models.TextChoices):
    """How the procuratorate came to look at a case."""

    APPLICATION = "application", pgettext_lazy("supervision", "On a party's application")
    EX_OFFICIO = "ex_officio", pgettext_lazy("supervision", "Of its own accord")


class SupervisionResult(models.TextChoices):
    """What the procuratorate did (Interpretation 2018, art. 117, 124, 126)."""

    PROTEST = "protest", _("Protest")
    RETRIAL_SUGGESTION = "retrial_suggestion", _("Suggestion of a retrial")
    OTHER_SUGGESTION = "other_suggestion", _("Another suggestion")
    NOT_SUPPORTED = "not_supported", _("Application not supported")
    SETTLED = "settled", pgettext_lazy("supervision", "Settled")
    ENDED = "ended", pgettext_lazy("supervision", "Ended otherwise")
