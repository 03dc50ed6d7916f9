"""Tables M-4 (funds), M-5 (campaigns) and M-6 (wages, enterprises, minors)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.models import Participation
from casemgr.indicators.tables.definition import Column, Measure
from casemgr.parties.models import Party
from mediation.models import BatchState, FundEntry, KeyDispute, Lead, LeadState, SubsidyShare
from mediation.tables.definition import Committees, Definition, Row, Span, is_asked
from mediation.tables.m1 import rows as dispute_rows
from mediation.tables.m1 import screening_rows
from mediation.terms import DisputeSubType, RiskFlag

ZERO = Decimal("0.00")


def _money(code: str, label, number: int) -> Column:
    return Column(code, label, lambda values: values.get(code, ZERO), Measure.MONEY, number=number)


FUND_COLUMNS = (
    _money("guidance", _("Guidance of mediation"), 1),
    _money("subsidy", _("Subsidy of committees"), 2),
    _money("per_case", _("Subsidy by case"), 3),
    _money("insurance", _("Insurance of mediators"), 4),
)


def fund_rows(span: Span, committees: Committees) -> Iterator[Row]:
    """Entries by hand on their day; what was paid by case on the day of payment."""
    last = min(span.last, span.as_of)
    entries = FundEntry.objects.filter(is_struck=False, on__range=(span.first, last)).select_related("unit")
    for entry in entries.order_by("on", "pk"):
        if is_asked(entry.unit_id, committees):
            values = {
                "guidance": entry.guidance_yuan,
                "subsidy": entry.subsidy_yuan,
                "insurance": entry.insurance_yuan,
            }
            yield Row(entry.unit_id, entry.on, {k: v for k, v in values.items() if v}, None, entry.note or str(entry))
    paid = SubsidyShare.objects.filter(
        amount_yuan__gt=0,
        result__batch__state=BatchState.PAID,
        result__batch__paid_on__range=(span.first, last),
    ).select_related("result__case__mediation_facts", "result__batch")
    for share in paid.order_by("pk"):
        committee = share.result.case.mediation_facts.committee_id
        if is_asked(committee, committees):
            values = {"per_case": share.amount_yuan}
            yield Row(committee, share.result.batch.paid_on, values, share.result.case_id, share.name)


M4 = Definition(
    code="M-4",
    name=_("Funds of people's mediation (M-4)"),
    formula=_("Funds by the days on which they were entered as spent; the subsidy by case on the day it was paid."),
    columns=FUND_COLUMNS,
    rows=fund_rows,
)

CAMPAIGN_COLUMNS = tuple(
    Column(code, label, lambda values, code=code: values.get(code, 0), measure, number=number)
    for number, (code, label, measure) in enumerate(
        (
            ("patrols", _("Times on patrol"), Measure.TIMES),
            ("found", _("Disputes found"), Measure.CASES),
            ("on_spot", pgettext_lazy("lead", "Settled on the spot"), Measure.CASES),
            ("converted", pgettext_lazy("lead", "Registered as a case"), Measure.CASES),
            ("handed_over", pgettext_lazy("lead", "Handed over"), Measure.CASES),
            ("key_disputes", _("Key disputes entered"), Measure.CASES),
            ("key_resolved", _("Key disputes resolved"), Measure.CASES),
        ),
        1,
    )
)
ENDS = {LeadState.ON_SPOT: "on_spot", LeadState.CONVERTED: "converted", LeadState.HANDED_OVER: "handed_over"}


def campaign_rows(span: Span, committees: Committees) -> Iterator[Row]:
    """What was done in campaigns, each on its own day."""
    for row in screening_rows(span, committees, campaign__isnull=False):
        values = {"on_spot" if code == "prevented" else code: value for code, value in row.values.items()}
        yield Row(row.committee, row.on, values, row.case, row.words)
    days = (span.first, min(span.last, span.as_of))
    ended = Lead.objects.filter(campaign__isnull=False, done_on__range=days, state__in=ENDS).exclude(
        state=LeadState.ON_SPOT
    )
    for lead in ended.order_by("done_on", "pk"):
        if is_asked(lead.unit_id, committees):
            yield Row(lead.unit_id, lead.done_on, {ENDS[lead.state]: 1}, lead.case_id, str(lead))
    for code, column in (("key_disputes", "entered_on"), ("key_resolved", "resolved_on")):
        keys = KeyDispute.objects.filter(campaign__isnull=False, **{f"{column}__range": days})
        for key in keys.order_by(column, "pk"):
            if is_asked(key.unit_id, committees):
                yield Row(key.unit_id, getattr(key, column), {code: 1}, key.case_id, key.title)


M5 = Definition(
    code="M-5",
    name=_("Campaigns (M-5)"),
    formula=_("What was done in campaigns, by the days on which it was done; of all campaigns together."),
    columns=CAMPAIGN_COLUMNS,
    rows=campaign_rows,
)

SPECIALS = (
    ("wages", _("Wages owed to migrant workers")),
    ("enterprise", _("Disputes of enterprises")),
    ("minor", _("Disputes that concern minors")),
)
SPECIAL_COLUMNS = tuple(
    Column(
        f"{code}_{part}",
        label,
        lambda values, key=f"{code}_{part}": values.get(key, 0),
        measure,
        group,
        4 * place + number,
        sensitive=(code, part) == ("minor", "total"),
        goes_with="minor_total" if code == "minor" and part != "total" else "",
    )
    for place, (code, group) in enumerate(SPECIALS)
    for number, (part, label, measure) in enumerate(
        (
            ("total", pgettext_lazy("table", "Cases"), Measure.CASES),
            ("people", _("People concerned"), Measure.PEOPLE),
            ("success", _("Mediated with success"), Measure.CASES),
            ("amount", _("Amount concerned"), Measure.MONEY),
        ),
        1,
    )
)
COMPANY = (Party.Kind.ORGANISATION,)


def special_rows(span: Span, committees: Committees) -> Iterator[Row]:
    """The disputes of table M-1 that are one of these."""
    found = [row for row in dispute_rows(span, committees) if row.values.get("total") and row.case]
    tags = _tags([row.case for row in found if row.case])
    for row in found:
        values = {
            f"{tag}_{part}": row.values[part]
            for tag in sorted(tags.get(row.case or 0, ()))
            for part in ("total", "people", "success", "amount")
            if part in row.values
        }
        if values:
            yield Row(row.committee, row.on, values, row.case, row.words)


def _tags(ids: list[int]) -> dict[int, set[str]]:
    from mediation.models import MediationFacts

    company = Participation.objects.filter(case_id=OuterRef("case_id"), left_on__isnull=True, party__kind__in=COMPANY)
    rows = MediationFacts.objects.filter(case_id__in=ids).annotate(with_company=Exists(company))
    found: dict[int, set[str]] = {}
    for row in rows:
        tests = {
            "wages": row.sub_type == DisputeSubType.MIGRANT_WAGES,
            "enterprise": row.with_company,
            "minor": RiskFlag.MINOR in (row.risk_flags or ()),
        }
        found[row.case_id] = {code for code, holds in tests.items() if holds}
    return found


M6 = Definition(
    code="M-6",
    name=_("Wages, enterprises, minors (M-6)"),
    formula=_(
        "Disputes of table M-1 over wages owed to migrant workers, with an organisation as a party, or in which harm "
        "to a minor was noted. One dispute may stand under several headings."
    ),
    columns=SPECIAL_COLUMNS,
    rows=special_rows,
    reads_disputes=True,
    missing=_("A minor as a party without harm is not told apart yet: the age of parties is not always known."),
)
