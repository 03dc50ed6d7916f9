"""One agency in one session, as pages show it: who comes, what is missing, how it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casemgr.cases.models import Case
from litigation.court.sessions import when
from litigation.models import PROCEDURE, Appearance, CourtSession, Instance
from litigation.terms import COUNTS_AS_HEAD, SessionKind


@dataclass(frozen=True)
class AgencyInSession:
    """`row`: what is written of the agency; `cover`: whose head comes for it."""

    row: Appearance
    is_session: bool

    @property
    def name(self) -> str:
        return self.row.standing.participation.name

    @property
    def cover(self) -> str:
        other = self.row.standing.head_of
        return other.participation.name if other is not None else ""

    @property
    def is_head_missing(self) -> bool:
        """Of a session to come: nobody is named, and no absence explained."""
        return self.is_session and not (self.row.head_name or self.row.absence_ground or self.row.standing.head_of_id)

    @property
    def is_certificate_missing(self) -> bool:
        return bool(self.row.head_name) and self.row.certificate_on is None

    @property
    def came_as_head(self) -> bool:
        return bool(self.row.head_came) and self.row.head_category in COUNTS_AS_HEAD

    @property
    def is_lawyer_only(self) -> bool:
        return bool(self.row.lawyers) and not (self.row.staff or self.row.head_came)


@dataclass(frozen=True)
class SessionLine:
    """A session with its agencies."""

    session: CourtSession
    agencies: tuple[AgencyInSession, ...]
    together: tuple[Instance, ...] = ()
    """Instances of the other suits heard in it."""

    @property
    def when(self) -> str:
        return when(self.session)

    @property
    def clock(self) -> str:
        """09:00, or nothing where the time is not known."""
        return self.when[11:]

    @property
    def day(self) -> str:
        return self.when[:10]


def lines_of(sessions: Iterable[CourtSession]) -> list[SessionLine]:
    """The sessions with their agencies, in one further query."""
    sessions = list(sessions)
    joined = ("standing__participation", "standing__head_of__participation")
    found: dict[int, list[Appearance]] = {}
    if sessions:
        rows = Appearance.objects.filter(session__in=sessions).select_related(*joined)
        for row in rows.order_by("standing_id"):
            found.setdefault(row.session_id, []).append(row)
    return [
        SessionLine(one, tuple(AgencyInSession(row, one.kind == SessionKind.SESSION) for row in found.get(one.pk, ())))
        for one in sessions
    ]


def with_others(lines: list[SessionLine], user: Any, today: date) -> list[SessionLine]:
    """Adds which other suits, of those the person sees, were heard together with each; one query where some were."""
    groups = {line.session.held_with_id for line in lines} - {None}
    if not groups:
        return lines
    seen = Case.objects.filter(procedure=PROCEDURE).visible_to(user, today).order_by().values("pk")
    rows = CourtSession.objects.filter(held_with__in=groups, in_instance__case__in=seen)
    others = list(rows.exclude(pk__in=[line.session.pk for line in lines]).select_related("in_instance").order_by("pk"))
    return [
        replace(
            line,
            together=tuple(one.in_instance for one in others if one.held_with_id == line.session.held_with_id),
        )
        for line in lines
    ]
