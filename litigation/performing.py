"""Obligations follow entries: terms from the day a paper binds, what is done from what was recorded.

A corrected day of service moves the effect, with it every term that is counted from it, and with that the day from
which the two years for enforcement run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgr.calendar.current import current_calendar
from casemgr.cases import events
from casemgr.cases.computed_days import move, strike
from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from casemgr.timelimits.arithmetic import compute
from litigation.conditions import AGENCY, order_of, term_of
from litigation.executing import follow_execution_state
from litigation.models import LitigationCase, Obligation, Ruling
from litigation.obligations import WITHDRAWALS, counted_from, done_on, has_two_years, obligations_of, stands
from litigation.states import PERFORMING
from litigation.terms import Level, ObligationKind, RulingMatter

COMPUTED = (
    *("performance_term_set", "performance_expired", "performed"),
    *("disclosure_judgment_effective", "performance_resumed"),
)
"""Entries whose day follows from others."""
TERM, DISCLOSURE = "performance_term_set", "disclosure_judgment_effective"
DISCLOSURE_TERM = (20, "working_days")
"""Interpretation on suits about government information 2025, art. 11."""


def follow_performance(case: LitigationCase, today: date) -> list[Obligation]:
    """Terms, performance and the start of the two years, of every obligation of the file; returns all of them."""
    rows = obligations_of(case)
    if not rows:
        return rows
    facts = events.facts_of(case)
    _follow_rows(rows, facts)
    for one in rows:
        own = [fact for fact in facts if fact.subject == one.subject]
        _follow_settled(case, one, own)
    _follow_resumption(case, rows, facts)
    for one in rows:
        bound_on = binding_on(one.ruling, facts)
        own = [fact for fact in facts if fact.subject == one.subject]
        _follow_term(case, one, bound_on, own)
        paper = [fact for fact in facts if fact.subject == one.ruling.subject]
        series = [row for row in rows if row.ruling_id == one.ruling_id]
        start = counted_from(one, series, bound_on, paper) if bound_on and has_two_years(one.ruling) else None
        _follow_counting(case, one, start, own, today)
    return rows


def binding_on(ruling: Ruling, facts: Iterable[Fact]) -> date | None:
    """From when something is to be done by the paper: its effect; of a suit's withdrawal that was allowed, its date."""
    if ruling.is_replaced:
        return None
    effective = events.last_of((f for f in facts if f.subject == ruling.subject), "ruling_effective")
    if effective is not None:
        return effective.occurred_on
    is_withdrawn = ruling.matter in WITHDRAWALS and ruling.in_instance.level == Level.FIRST
    return ruling.made_on if is_withdrawn or ruling.matter == RulingMatter.ENFORCE else None


def _follow_rows(rows: Sequence[Obligation], facts: Sequence[Fact]) -> None:
    """What was recorded as performed: a struck entry is gone, a corrected day counts, what was denied is false."""
    noted = {fact.data.get("performance"): fact for fact in facts if fact.kind == "performance_noted"}
    denied = {fact.data.get("performance") for fact in facts if fact.kind == "performance_denied"}
    for one in rows:
        is_changed = False
        for row in list(one.performances.all()):
            fact = noted.get(row.pk)
            if fact is None:
                row.delete()
                is_changed = True
            elif (row.on, row.is_false) != (fact.occurred_on, row.pk in denied):
                row.on, row.is_false = fact.occurred_on, row.pk in denied
                row.save()
                is_changed = True
        if is_changed:
            one._prefetched_objects_cache.pop("performances", None)


def _follow_settled(case: Case, one: Obligation, own: Sequence[Fact]) -> None:
    waived = events.last_of(own, "obligation_waived")
    day, waived_on = done_on(one), waived.occurred_on if waived is not None else None
    if (one.done_on, one.waived_on) != (day, waived_on):
        one.done_on, one.waived_on = day, waived_on
        one.save()
    _keep(case, one, "performed", day, own, {"what": one.text}, _("Something is owed again."))


def _follow_term(case: Case, one: Obligation, bound_on: date | None, own: Sequence[Fact]) -> None:
    """The term's entry stands while the paper binds, on the day from which it binds."""
    length, unit = one.term_length, one.term_unit
    if length:
        due = compute(term_of(None, length, unit), bound_on, current_calendar()).due if bound_on is not None else None
        if one.due_on != due:
            one.due_on = due
            one.save()
    by_law = _is_by_law(one)
    kept: dict[str, Any] = {"what": one.text, **_sides(one)}
    if length:
        kept |= {"term": length, "unit": unit}
    elif one.due_on is not None:
        kept["planned_on"] = one.due_on.isoformat()
    reason = _("The paper it follows from does not bind, or its term was corrected.")
    _keep(case, one, TERM, None if by_law else bound_on, own, kept, reason)
    _keep(case, one, DISCLOSURE, bound_on if by_law else None, own, {"what": one.text, **_sides(one)}, reason)


def _is_by_law(one: Obligation) -> bool:
    """Disclosure within twenty working days, as every such judgment orders, has a rule of its own."""
    return one.kind == ObligationKind.DISCLOSE and (one.term_length, one.term_unit) == DISCLOSURE_TERM


def _sides(one: Obligation) -> dict[str, str]:
    """Whose clocks its entries start."""
    found = {"debtor": one.debtor.name}
    if one.debtor.party.kind == Party.Kind.AGENCY:
        found["side"] = AGENCY
    if one.creditor is not None:
        found["creditor"] = one.creditor.name
        if one.creditor.party.kind == Party.Kind.AGENCY:
            found["creditor_side"] = AGENCY
    return found


def _follow_counting(case: Case, one: Obligation, start: date | None, own: Sequence[Fact], today: date) -> None:
    """The two years begin once the term is over and something is owed; what was done in time needs none."""
    is_over = start is not None and (start < today if one.due_on is not None else start <= today)
    settled_on = one.done_on or one.waived_on
    begins = is_over and (settled_on is None or settled_on > start)
    day = start if begins else None
    if one.enforceable_from != day:
        one.enforceable_from = day
        one.save()
    kept = {"what": one.text, **_sides(one)}
    _keep(case, one, "performance_expired", day, own, kept, _("No term is over any more."))


def _keep(
    case: Case, one: Obligation, kind: str, day: date | None, own: Sequence[Fact], kept: Mapping[str, Any], why: str
) -> None:
    """The computed entry stands on `day`, with these words, or not at all."""
    known = events.last_of(own, kind)
    if known is not None and (day is None or known.data != kept):
        strike(case, known, why)
        known = None
    if known is None and day is not None:
        events.record(case, kind, day, party=one.debtor.party, subject=one.subject, **kept)
    elif known is not None and known.occurred_on != day:
        move(case, known, day)


def _follow_resumption(case: LitigationCase, rows: Sequence[Obligation], facts: Sequence[Fact]) -> None:
    """What an order of retrial paused goes on from the day on which a later instance's paper that left it standing
    is effective."""
    standing = {one.ruling.subject for one in rows if stands(one)}
    for paused in [fact for fact in facts if fact.kind == "performance_paused"]:
        known = events.last_of((f for f in facts if f.subject == paused.subject), "performance_resumed")
        ended = [f.occurred_on for f in facts if f.kind == "ruling_effective" and _is_later(f.subject, paused.subject)]
        day = ended[0] if ended and paused.subject in standing else None
        if known is None and day is not None:
            events.record(case, "performance_resumed", day, subject=paused.subject)
        elif known is not None and day is None:
            strike(case, known, _("The retrial has not ended, or the paper was annulled in it."))
        elif known is not None and known.occurred_on != day:
            move(case, known, day)


def _is_later(subject: str, other: str) -> bool:
    """Of a later instance."""
    return (order_of(subject) or 0) > (order_of(other) or 0)


def is_paused(one: Obligation, facts: Iterable[Fact]) -> bool:
    """Whether an order of retrial has paused it, and nothing has ended that."""
    last = events.last_of(
        (fact for fact in facts if fact.subject == one.ruling.subject), "performance_paused", "performance_resumed"
    )
    return last is not None and last.kind == "performance_paused"


def follow_performance_state(case: LitigationCase, obligations: Iterable[Obligation]) -> None:
    """The file is performed exactly while nothing is owed by the papers that bind."""
    facts = events.facts_of(case)
    binding = [one for one in obligations if binding_on(one.ruling, facts) is not None and stands(one)]
    if not binding:
        return
    is_owed = not all(one.is_settled for one in binding)
    if case.state in ("EFFECTIVE", "NOTHING_TO_PERFORM", "WITHDRAWN"):
        case.open_performance()
    if case.state in PERFORMING and not is_owed:
        case.clear()
    elif case.state == "CLEARED" and is_owed:
        case.reopen_performance()
    follow_execution_state(case)


def waiting_by_night(on: date) -> set[int]:
    """Files in which a term has passed since, so that the two years begin to be counted."""
    over = Obligation.objects.filter(
        Q(due_on__lt=on), done_on=None, waived_on=None, enforceable_from=None,
        ruling__is_replaced=False, ruling__in_instance__case__state__in=PERFORMING,
    ).exclude(ruling__matter__in=WITHDRAWALS)  # fmt: skip
    return set(over.values_list("ruling__in_instance__case_id", flat=True))


__all__ = [
    "COMPUTED",
    "binding_on",
    "follow_performance",
    "follow_performance_state",
    "is_paused",
    "waiting_by_night",
]
