"""A batch as an Excel file and printed; the public notice with masked names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from casemgr.cases.people.export import safe
from casemgr.documents.rendering import Cell, DocumentText, Section, Table, chinese_date, in_both, render_pdf
from casemgr.pages.practice import add_sheet
from casemgr.parties.names import public_masks
from mediation.models import SubsidyBatch, SubsidyResult, SubsidyShare
from mediation.subsidy.grading import Reason
from mediation.tables.withholding import is_small
from mediation.terms import SENSITIVE_TYPES, DisputeType


@dataclass(frozen=True)
class Payee:
    """What one mediator gets of the whole batch."""

    key: tuple[int | None, str]
    name: str
    cases: int
    yuan: Decimal


def reason_words(result: SubsidyResult, seen: Collection[int]) -> str:
    """Why nothing is paid; what the file lacks names parties, so it is for those who may open the case."""
    words = [str(Reason(code).label) for code in result.reasons]
    lacking = result.facts.get("lacking") or []
    if lacking and Reason.INCOMPLETE in result.reasons and result.case_id in seen:
        words.append("、".join(lacking))
    return "；".join(words)


def payees(batch: SubsidyBatch) -> list[Payee]:
    """Everybody who gets something, in the order of the batch."""
    found: dict[tuple[int | None, str], list[Decimal]] = defaultdict(list)
    shares = SubsidyShare.objects.filter(result__batch=batch, amount_yuan__gt=0).order_by("pk")
    for share in shares:
        found[share.mediator_id, share.name].append(share.amount_yuan)
    return [Payee(key, key[1], len(sums), sum(sums, Decimal("0.00"))) for key, sums in found.items()]


def results_of(batch: SubsidyBatch):
    rows = batch.results.select_related("case__mediation_facts__committee", "rate").prefetch_related("shares")
    return rows.order_by("case__mediation_facts__committee__path", "pk")


def _share_words(result: SubsidyResult) -> str:
    return "；".join(f"{share.name} {share.amount_yuan:f}" for share in result.shares.all())


def workbook(batch: SubsidyBatch, seen: Collection[int]) -> bytes:
    """Case by case, and person by person for the payment. `seen`: the cases whose papers may be named."""
    book = Workbook(write_only=True)
    page = add_sheet(book, _("Cases"))
    page.append([_("Case number"), _("Committee"), _("Dispute type"), _("Grade"), _("Yuan"), _("Mediators"),
                 _("Why not paid"), _("Rate table")])  # fmt: skip
    for one in results_of(batch):
        facts = one.case.mediation_facts
        page.append([
            safe(one.case.number), safe(facts.committee.name), safe(str(facts.get_dispute_type_display())),
            safe(one.grade_name), one.amount_yuan, safe(_share_words(one)), safe(reason_words(one, seen)),
            safe(one.rate.code if one.rate else ""),
        ])  # fmt: skip
    page.append([_("Together"), "", "", "", batch.total_yuan])
    people = add_sheet(book, _("Mediators"))
    people.append([_("Name"), _("Cases"), _("Yuan")])
    for payee in payees(batch):
        people.append([safe(payee.name), payee.cases, payee.yuan])
    people.append([_("Together"), "", batch.total_yuan])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(batch: SubsidyBatch, issuer: str, seen: Collection[int]) -> bytes:
    """The list for approval and payment, with the three signatures."""
    head = tuple(
        Cell(text, label=True)
        for text in ("", _("Case number"), _("Committee"), _("Grade"), _("Yuan"), _("Mediators"), _("Why not paid"))
    )
    body = [
        (
            Cell(str(number), align="right"), Cell(one.case.number), Cell(one.case.mediation_facts.committee.name),
            Cell(one.grade_name, align="center"), Cell(f"{one.amount_yuan:f}", align="right"), Cell(_share_words(one)),
            Cell(reason_words(one, seen)),
        )
        for number, one in enumerate(results_of(batch), 1)
    ]  # fmt: skip
    table = Table(rows=(head, *body), widths=(0.5, 3.0, 3.0, 1.0, 1.1, 2.4, 2.6), header_rows=1)
    paid = Table(
        rows=(
            tuple(Cell(text, label=True) for text in (_("Name"), _("Cases"), _("Yuan"), _("Signature"))),
            *(
                (Cell(one.name), Cell(str(one.cases), align="right"), Cell(f"{one.yuan:f}", align="right"), Cell(""))
                for one in payees(batch)
            ),
        ),
        widths=(2, 1, 1.4, 2.6),
        header_rows=1,
    )
    lines = [
        f"{pgettext('span', 'Days')}：{chinese_date(batch.first_on)} – {chinese_date(batch.last_on)}",
        f"{_('Together')}：{in_both(batch.total_yuan)}",
        *(
            f"{label}：{person or ''}　{day.isoformat() if day else ''}"
            for label, person, day in (
                (_("Submitted by"), batch.submitted_by, batch.submitted_on),
                (_("Approved by"), batch.approved_by, batch.approved_on),
                (_("Paid by"), batch.paid_by, batch.paid_on),
            )
        ),
    ]
    return render_pdf(
        DocumentText(
            title=_("Subsidy of mediation by case: %(unit)s") % {"unit": batch.unit.name},
            issuer=issuer,
            sections=(
                Section(blocks=(table,)),
                Section(blocks=(paid,), heading=_("Sums by person")),
                Section(text="\n".join(lines)),
            ),
            seal_place=False,
            kind="register",
        )
    )


def notice_rows(batch: SubsidyBatch) -> list[tuple[str, str, str, Decimal, str]]:
    """Number, type, grade, yuan and masked mediators of what is paid: no party, no place below the town."""
    results = [one for one in results_of(batch) if one.amount_yuan]
    named = ((share.mediator_id, share.name) for one in results for share in one.shares.all() if share.amount_yuan)
    keys = list(dict.fromkeys(named))
    kinds = notice_types([one.case.mediation_facts.dispute_type for one in results])
    masked = dict(zip(keys, public_masks([name for _id, name in keys]), strict=True))
    return [
        (
            one.case.number,
            kind,
            one.grade_name,
            one.amount_yuan,
            "、".join(
                f"{masked[share.mediator_id, share.name]} {share.amount_yuan:f}"
                for share in one.shares.all()
                if share.amount_yuan
            ),
        )
        for one, kind in zip(results, kinds, strict=True)
    ]


def notice_types(types: Sequence[str]) -> list[str]:
    """Each dispute's type as the notice names it: sensitive ones only where so many share it that it points at nobody.

    They are merged with the other types (dossier §6.6), so that the merged name tells nothing either.
    """
    counts = Counter(types)
    merged = {one for one in SENSITIVE_TYPES if is_small(counts[one])} | {DisputeType.OTHER}
    other = str(DisputeType.OTHER.label)
    return [other if one in merged else str(dict(DisputeType.choices).get(one, one)) for one in types]


def notice_pdf(batch: SubsidyBatch, issuer: str) -> bytes:
    """The list that hangs out."""
    head = tuple(
        Cell(text, label=True)
        for text in ("", _("Case number"), _("Dispute type"), _("Grade"), _("Yuan"), _("Mediators"))
    )
    body = [
        (
            Cell(str(number), align="right"),
            Cell(case),
            Cell(kind),
            Cell(grade, align="center"),
            Cell(f"{yuan:f}", align="right"),
            Cell(names),
        )
        for number, (case, kind, grade, yuan, names) in enumerate(notice_rows(batch), 1)
    ]
    table = Table(rows=(head, *body), widths=(0.5, 3.2, 2.0, 1.0, 1.2, 2.6), header_rows=1)
    text = _("Disputes mediated from %(first)s to %(last)s, together %(sum)s. Objections: to the judicial bureau.") % {
        "first": chinese_date(batch.first_on),
        "last": chinese_date(batch.last_on),
        "sum": in_both(batch.total_yuan),
    }
    span = ""
    if batch.notice_from and batch.notice_until:
        span = _("Public notice from %(first)s to %(last)s.") % {
            "first": chinese_date(batch.notice_from),
            "last": chinese_date(batch.notice_until),
        }
    return render_pdf(
        DocumentText(
            title=_("Public notice of subsidies of mediation by case: %(unit)s") % {"unit": batch.unit.name},
            issuer=issuer,
            sections=(Section(text=text), Section(blocks=(table,)), Section(text=span)),
            kind="record",
        )
    )
