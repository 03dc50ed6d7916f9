"""Where an act leans on a document of the register that does not hold: a warning, never a decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from casemgr.pages.dates import long_date
from reconsideration.models.normative import NormativeDocument
from reconsideration.normative.keys import named_in

LIMIT = 20


@dataclass(frozen=True)
class Warned:
    """A document that the act names, and what speaks against leaning on it."""

    document: NormativeDocument
    reasons: tuple[Text, ...]

    @property
    def line(self) -> Text:
        return f"{self.document.quoted}{_(': ')}{'；'.join(str(reason) for reason in self.reasons)}"


def warnings_of(case: Case, today: date) -> list[Warned]:
    """Of the documents that the act's basis names. No query while no basis is recorded."""
    basis = case.definition.facts_of(case).act_basis
    if not basis:
        return []
    acted_on = (case.act.acted_on if case.act_id else None) or today
    found = (Warned(document, tuple(_against(document, acted_on))) for document in documents_named(basis))
    return [warned for warned in found if warned.reasons]


def documents_named(text: str) -> Iterable[NormativeDocument]:
    """Documents of the register whose number or title stands in the text; two queries with their findings."""
    numbers, titles = named_in(text)
    if not numbers and not titles:
        return []
    condition = Q(number_key__in=numbers - {""}) | Q(title_key__in=titles)
    rows = NormativeDocument.objects.filter(condition, struck_on__isnull=True)
    return rows.prefetch_related("findings").order_by("pk")[:LIMIT]


def _against(document: NormativeDocument, acted_on: date) -> Iterable[Text]:
    for finding in document.findings.all():
        if finding.is_adverse:
            words = {"clauses": finding.clauses, "result": finding.get_result_display(),
                     "source": finding.get_source_display(), "day": long_date(finding.found_on)}  # fmt: skip
            yield _("%(clauses)s: %(result)s (%(source)s, %(day)s)") % words
    if document.valid_from is not None and acted_on < document.valid_from:
        yield _("not yet in force on the day of the act: from %(day)s") % {"day": long_date(document.valid_from)}
    if document.valid_to is not None and document.valid_to < acted_on:
        yield _("no longer in force on the day of the act: until %(day)s") % {"day": long_date(document.valid_to)}


__all__ = ["Warned", "documents_named", "warnings_of"]
