"""Rows follow entries: from days of service and appeals the effect of every paper is read anew, and with it the file.

What was recorded wrongly and corrected moves the effect, the clocks that hang on it and the state, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import GuardRefused, Refusal
from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.calendar.current import current_calendar
from casemgr.cases import events
from casemgr.cases.computed_days import move, strike
from casemgr.cases.events import Fact
from casemgr.cases.models import Case, Participation
from casemgr.parties.models import Party
from litigation.court.judging import follow_sessions
from litigation.effect import Appeal, Effect, effect_of
from litigation.executing import follow_executions
from litigation.file_kinds import is_suit
from litigation.models import PROCEDURE, Instance, LitigationCase, Ruling
from litigation.obligations import SERVED
from litigation.outcomes import is_retriable
from litigation.performing import COMPUTED, binding_on, follow_performance, follow_performance_state, waiting_by_night
from litigation.settling import follow_settlements
from litigation.terms import FileKind, Level, Outcome

EFFECT = ("ruling_effective",)
SIDES = (Participation.Role.APPLICANT, Participation.Role.RESPONDENT, Participation.Role.THIRD_PARTY)
"""Whom the court serves in their own name."""
NOT_EFFECTIVE_YET = ("JUDGED",)
NOTHING_IS_ASKED: frozenset[str] = frozenset({Outcome.CLAIM_REJECTED, Outcome.DISMISSED, Outcome.NOT_FILED})
"""Effective papers that ask nothing of any party."""
EFFECTIVE = ("EFFECTIVE", "NOTHING_TO_PERFORM", "TO_PERFORM", "ENFORCED", "CLEARED")


def rulings_of(case: Case) -> list[Ruling]:
    """Every paper of the file, in the order of instances."""
    if "instances" in getattr(case, "_prefetched_objects_cache", {}):
        return [_placed(ruling, one) for one in case.instances.all() for ruling in one.rulings.all()]
    found = Ruling.objects.filter(in_instance__case_id=case.pk).select_related("in_instance__earlier")
    return list(found.order_by("in_instance__order", "order"))


def _placed(ruling: Ruling, instance: Instance) -> Ruling:
    ruling.in_instance = instance
    return ruling


def parties_of(case: Case) -> list[Participation]:
    """Everybody whom the court serves, as long as they are in the case."""
    if "participations" in getattr(case, "_prefetched_objects_cache", {}):
        return [part for part in case.participations.all() if part.role in SIDES and part.left_on is None]
    rows = case.participations.filter(role__in=SIDES, left_on__isnull=True).select_related("party")
    return list(rows.order_by("role", "order", "id"))


def agencies_of(case: Case) -> list[Participation]:
    """Those of them that are agencies."""
    return [part for part in parties_of(case) if part.party.kind == Party.Kind.AGENCY]


def effect_of_ruling(ruling: Ruling, facts: Sequence[Fact], parties: Iterable[int]) -> Effect:
    """The effect of one paper by what is recorded of it. What a ledger tells of the past counts as long as nothing is
    known by which it can be computed."""
    own = [fact for fact in facts if fact.subject == ruling.subject and fact.occurred_on is not None]
    found = effect_of(
        ruling.kind,
        is_appealable=ruling.is_appealable,
        parties=parties,
        served={fact.party_id: fact.occurred_on for fact in own if fact.kind in SERVED},
        appeals=_appeals(own),
        calendar=current_calendar(),
    )
    told = events.last_of(own, "ruling_effective")
    if found.on is None and not found.is_appealed and told is not None and told.data.get("told"):
        return replace(found, on=told.occurred_on, waits_for=())
    return found


def _appeals(own: Iterable[Fact]) -> list[Appeal]:
    found: dict[int | None, Appeal] = {}
    for fact in own:
        if fact.kind == "appealed":
            sent = fact.data.get("sent_on")
            done_on = date.fromisoformat(sent) if sent else fact.occurred_on
            found[fact.party_id] = Appeal(fact.party_id, done_on)
        elif fact.kind == "appeal_withdrawn" and fact.party_id in found:
            known = found[fact.party_id]
            found[fact.party_id] = Appeal(known.party_id, known.done_on, withdrawn_on=fact.occurred_on)
    return list(found.values())


def deciding_ruling(case: Case) -> Ruling | None:
    """The latest paper that ended an instance before the court and was not annulled: what the file stands by."""
    return _deciding(rulings_of(case))


def _deciding(rulings: Iterable[Ruling]) -> Ruling | None:
    before = (Level.FIRST, Level.SECOND, Level.RETRIAL, Level.REVIEW)
    ending = [one for one in rulings if one.outcome and not one.is_replaced and one.in_instance.level in before]
    return ending[-1] if ending else None


def follow(case: LitigationCase, today: date) -> None:
    """Bring every paper's effect in step with the entries, then the file's state with the paper it stands by.

    Runs on the locked case of a step, which settles it afterwards. Writes `ruling_effective`, its correction or its
    striking.
    """
    facts = events.facts_of(case)
    parties, rulings = [part.party_id for part in parties_of(case)], rulings_of(case)
    for ruling in rulings:
        _follow_day(ruling, facts)
        effect = effect_of_ruling(ruling, facts, parties)
        if ruling.effective_on != effect.on:
            ruling.effective_on = effect.on
            ruling.save()
        _follow_entry(case, ruling, effect, facts, today)
    follow_sessions(case)
    follow_settlements(case)
    follow_executions(case)
    obligations = follow_performance(case, today)
    _follow_state(case, rulings)
    follow_performance_state(case, obligations)


def _follow_day(ruling: Ruling, facts: Sequence[Fact]) -> None:
    """A corrected day of the paper is the day of its row, and of the instance that it ended."""
    made = events.last_of((fact for fact in facts if fact.subject == ruling.subject), "judgment_made", "ruling_made")
    if made is None or made.occurred_on is None or ruling.made_on in (None, made.occurred_on):
        return
    instance = ruling.in_instance
    if ruling.outcome and instance.ended_on == ruling.made_on:
        instance.ended_on = made.occurred_on
        instance.save()
    ruling.made_on = made.occurred_on
    ruling.save()


def _follow_entry(case: Case, ruling: Ruling, effect: Effect, facts: Sequence[Fact], today: date) -> None:
    own = [fact for fact in facts if fact.subject == ruling.subject]
    known = events.last_of(own, "ruling_effective")
    has_come = effect.on is not None and effect.on <= today and not effect.is_estimated
    if known is None and has_come:
        events.record(case, "ruling_effective", effect.on, subject=ruling.subject, **_kept(ruling))
    elif known is not None and not has_come:
        strike(case, known, _("By the days of service and the appeals it is not effective yet."))
    elif known is not None and known.occurred_on != effect.on:
        move(case, known, effect.on)


def _kept(ruling: Ruling) -> dict[str, Any]:
    """Whether retrial can be asked of it, and a suggestion sent on a norm (Interpretation 2018, art. 110, 149)."""
    told = {"retrial": is_retriable(ruling.outcome, ruling.in_instance.level), "norm": ruling.finds_norm_illegal}
    return {name: True for name, is_so in told.items() if is_so}


def _follow_state(case: LitigationCase, rulings: Sequence[Ruling]) -> None:
    ruling = _deciding(rulings)
    if case.facts.file_kind == FileKind.ENFORCEMENT:  # its ruling ends no suit
        return
    if ruling is None or ruling.in_instance.order != case.facts.running_order:
        return
    is_effective = binding_on(ruling, events.facts_of(case)) is not None
    if is_effective and case.state in NOT_EFFECTIVE_YET:
        case.take_effect()
        case.outcome = ruling.outcome
        if ruling.outcome in NOTHING_IS_ASKED:
            case.have_nothing_to_perform()
    elif not is_effective and case.state in EFFECTIVE:
        case.lose_effect()


def after_step(sender: Any, action: Any, subject: Any, data: Any, context: Any, **kwargs: Any) -> None:
    """Receiver of `performed`: after a corrected day or an annulled step the rows follow, in the same transaction."""
    if action.name not in ("cases.correct_date", "cases.annul") or getattr(subject, "procedure", "") != PROCEDURE:
        return
    if not is_suit(subject):
        return
    if action.name == "cases.correct_date":
        _refuse_computed(data["event"].kind)
    perform("litigation.compute_effect", LitigationCase.objects.get(pk=subject.pk), {}, context.actor, context.today)


def _refuse_computed(kind: str) -> None:
    """:raises GuardRefused: the day is computed, and is put right by what it follows from."""
    if kind in EFFECT:
        text = _("When a paper took effect follows from its service and the appeals: correct the day of one of those.")
    elif kind in COMPUTED:
        text = _(
            "This day follows from the paper's effect, its term or what was performed: correct the day of one of those."
        )
    else:
        return
    raise GuardRefused(refusals=[Refusal("computed-day", text, "", "event")])


def take_effect_by_night(on: date) -> int:
    """Papers whose day has come since, and terms that have passed: the file moves without anybody's doing.

    Returns how many files were read anew.
    """
    waiting = Ruling.objects.filter(effective_on__lte=on, in_instance__case__state__in=NOT_EFFECTIVE_YET)
    moved = 0
    for case_id in sorted({*waiting.values_list("in_instance__case_id", flat=True), *waiting_by_night(on)}):
        perform("litigation.compute_effect", LitigationCase.objects.get(pk=case_id), {}, system_actor, on)
        moved += 1
    return moved


__all__ = [
    "after_step",
    "deciding_ruling",
    "effect_of_ruling",
    "follow",
    "parties_of",
    "rulings_of",
    "take_effect_by_night",
]
