"""Sessions and appearances follow the entries: from when a session was held each agency's appearance is judged anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from casemgr.cases import events
from casemgr.cases.models import Case
from litigation.court.appearance import AgencyView, Day, Verdict, of_case, verdict_of
from litigation.instances import DEFENDANTS
from litigation.models import Appearance, CourtSession, Instance, Standing


def follow_sessions(case: Case) -> None:
    """Read off the entries when each session was held, then what every agency's appearance comes to.

    Writes only what differs; runs on the locked case of a step.
    """
    held = {fact.subject: fact.occurred_on for fact in events.facts_of(case) if fact.kind == "session_held"}
    for instance in Instance.objects.filter(case_id=case.pk).prefetch_related("standings__participation"):
        sessions = list(instance.sessions.prefetch_related("appearances").order_by("number"))
        for session in sessions:
            session.in_instance = instance
            _follow_day(session, held.get(session.subject))
        _judge(instance, sessions)


def _follow_day(session: CourtSession, on: date | None) -> None:
    if session.held_on != on:
        session.held_on, session.is_month_only = on, False
        session.save()


def _judge(instance: Instance, sessions: Sequence[CourtSession]) -> None:
    standings = [one for one in instance.standings.all() if one.role in DEFENDANTS]
    verdicts = {one.pk: _of_agency(instance, one, sessions) for one in standings}
    for standing in standings:
        found = verdicts[standing.pk]
        _write(standing, found, remarks=list(found.remarks))
    _write(instance, of_case(_views(standings, verdicts)))


def _views(standings: Iterable[Standing], verdicts: Mapping[int, Verdict]) -> list[AgencyView]:
    return [AgencyView(verdicts[one.pk], verdicts.get(one.head_of_id or 0)) for one in standings]


def _of_agency(instance: Instance, standing: Standing, sessions: Sequence[CourtSession]) -> Verdict:
    return verdict_of(
        days_of(standing, sessions),
        instance.level,
        is_covered=standing.head_of_id is not None,
        has_paper=bool(standing.head_agreement),
    )


def days_of(standing: Standing, sessions: Sequence[CourtSession]) -> list[Day]:
    """The sessions held, as far as the agency is concerned; of whom nothing is written, nobody came."""
    found, is_postponed = [], False
    for session in sessions:
        is_postponed = is_postponed or session.is_postponed_for_head
        if session.held_on is not None:
            row = next((one for one in session.appearances.all() if one.standing_id == standing.pk), None)
            found.append(day_of(session, row or Appearance(), is_after_postponement=is_postponed))
    return found


def day_of(session: CourtSession, row: Appearance, *, is_after_postponement: bool = False) -> Day:
    """One session held, as the judgement reads it."""
    return Day(
        on=session.held_on,
        kind=session.kind,
        calls_head=row.court_calls_head,
        category=row.head_category,
        head_came=bool(row.head_came),
        certificate_on=row.certificate_on,
        is_certificate_refused=row.is_certificate_refused,
        left_early=row.left_early,
        refused_to_explain=row.refused_to_explain,
        has_staff=bool(row.staff),
        has_lawyer=bool(row.lawyers),
        absence_ground=row.absence_ground,
        has_absence_papers=row.has_absence_papers,
        is_absence_accepted=row.is_absence_accepted,
        is_after_postponement=is_after_postponement,
        is_recorded=row.is_recorded,
        is_unknown=row.is_recorded and row.head_came is None,
    )


def _write(row: Standing | Instance, found: Verdict, **further: object) -> None:
    wanted = {"heard_on": found.on, "seen": found.seen, **further}
    if any(getattr(row, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()


__all__ = ["day_of", "days_of", "follow_sessions"]
