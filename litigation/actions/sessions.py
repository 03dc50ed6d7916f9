"""Court sessions and the heads in them: planned, moved, called off, who comes, how it went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext, Guard
from casemgr.actions.errors import Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.computed_days import strike
from casemgr.cases.day_guards import not_before
from casemgr.cases.models import Case
from casemgr.pages.dates import moment
from litigation.actions.base import LitigationAction
from litigation.actions.session_forms import (
    HEAD_COLUMNS,
    AbsenceAnswerForm,
    AbsenceForm,
    AgreementForm,
    CallOffForm,
    CertificateForm,
    CorrectRecordForm,
    HeadForm,
    MoveForm,
    PlanForm,
    RecordForm,
)
from litigation.actions.together import plan_there, record_there
from litigation.court.heads import is_own_post, speaks_for_government
from litigation.court.judging import follow_sessions
from litigation.court.notices import tell_of_faults
from litigation.court.sessions import has_explainable_session, has_open_session, names_of, open_sessions, when
from litigation.instances import defendants_of, running_instance
from litigation.models import Appearance, CourtSession, LitigationCase, Standing
from litigation.roles import LIAISON
from litigation.states import EVERYWHERE, RUNNING
from litigation.terms import COUNTS_AS_HEAD, SessionKind

ARTICLE_2 = gettext_lazy("Appearance Provisions, article 2")
ARTICLE_3 = gettext_lazy("Appearance Provisions, article 3")
ARTICLE_6 = gettext_lazy("Appearance Provisions, article 6")
MOVED = gettext_lazy("Enter what is right now: the session can be moved, called off or its record corrected.")

a_session_is_planned = Guard(
    "no-session-planned",
    "",
    gettext_lazy("No session is planned. Enter the court's summons first."),
    lambda case, data, today: has_open_session(case),
)


class SessionAction(LitigationAction):
    """An action on a session: its rows are its own, so that it is put right by a further entry."""

    annullable: ClassVar[bool] = False
    instead = MOVED

    def done(self, subject: LitigationCase, context: ActionContext) -> LitigationCase:
        """The appearances and clocks follow."""
        follow_sessions(subject)
        settle(subject, context.today)
        return subject


def new_session(case: LitigationCase, data: Mapping[str, Any], planned_on: date) -> CourtSession:
    """The next session of the running instance, with a line for each defendant."""
    instance = running_instance(case)
    last = instance.sessions.order_by("-number").first()
    session = CourtSession.objects.create(
        in_instance=instance,
        number=last.number + 1 if last else 1,
        kind=data.get("kind") or SessionKind.SESSION,
        planned_at=moment(planned_on, data.get("starts")),
        place=data.get("place") or "",
        is_online=bool(data.get("is_online")),
    )
    called = set(data.get("called") or ())
    for standing in defendants_of(instance):
        Appearance.objects.create(session=session, standing=standing, court_calls_head=standing in called)
    return session


def appearance_of(session: CourtSession, standing: Standing) -> Appearance:
    """The agency's line; one that joined later gets it now."""
    return Appearance.objects.get_or_create(session=session, standing=standing)[0]


def _tell_of_plan(case: LitigationCase, session: CourtSession, on: date, planned_on: date, before: str) -> None:
    calls_head = session.appearances.filter(court_calls_head=True).exists()
    place = f" {session.place}" if session.place else ""
    events.record(
        case, "session_planned", on, subject=session.subject, planned_on=planned_on.isoformat(),
        when=f"{when(session)}{place}", session_kind=session.kind, calls_head=calls_head, before=before,
    )  # fmt: skip


class PlanSession(SessionAction):
    """The court names a day: by its summons, and perhaps calls the head (Appearance Provisions, art. 4, 5)."""

    name = "litigation.plan_session"
    label = gettext_lazy("Enter a court session")
    primary = 50
    form = PlanForm
    states = RUNNING
    guards = (not_before("suit_filed", "case_filed"),)

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "ANSWERED" else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        session = new_session(subject, data, data["planned_on"])
        notice = data.get("head_notice_on")
        told_on = min(data["on"], notice) if notice else data["on"]
        _tell_of_plan(subject, session, told_on, data["planned_on"], subject.state)
        events.record(subject, "summons_received", data["on"], subject=session.subject)
        if notice:
            events.record(subject, "head_notice_received", notice, subject=session.subject)
        if data["called"]:
            self.set_facts(subject, is_appearance_owed=True)
        subject.set_session()
        plan_there(session, data["together"], data, context)
        return self.done(subject, context)


class MoveSession(SessionAction):
    """The court names another day for a planned session; the heads named stay named."""

    name = "litigation.move_session"
    label = gettext_lazy("Move a court session")
    topic = Topic.COURSE
    form = MoveForm
    states = RUNNING
    guards = (a_session_is_planned,)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        session = data["session"]
        known = _plan_of(subject, session)
        before = known.data.get("before", "") if known is not None else subject.state
        if known is not None:
            strike(subject, known, data["reason"] or _("The court named another day."))
        session.planned_at = moment(data["planned_on"], data.get("starts"))
        session.place = data["place"] or session.place
        session.is_online = data["is_online"]
        session.is_postponed_for_head = session.is_postponed_for_head or data["is_for_head"]
        session.save()
        _tell_of_plan(subject, session, data["on"], data["planned_on"], before)
        events.record(subject, "summons_received", data["on"], subject=session.subject)
        return self.done(subject, context)


def _plan_of(case: Case, session: CourtSession) -> events.Fact | None:
    return events.last_of(
        [fact for fact in events.facts_of(case) if fact.subject == session.subject], "session_planned"
    )


class CallOffSession(SessionAction):
    """A planned session does not take place."""

    name = "litigation.call_off_session"
    label = gettext_lazy("Call off a court session")
    topic = Topic.COURSE
    form = CallOffForm
    states = RUNNING
    guards = (a_session_is_planned,)

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        session = data["session"]
        session.called_off_on, session.why_off = data["on"], data["reason"]
        session.is_postponed_for_head = session.is_postponed_for_head or data["is_for_head"]
        session.save()
        events.record(subject, "session_called_off", data["on"], subject=session.subject, reason=data["reason"])
        if subject.state == "HEARING_SET" and not open_sessions(subject).exists():
            subject.drop_session(_state_without_session(subject))
        return self.done(subject, context)


def _state_without_session(case: LitigationCase) -> str:
    """Where the file stands when no session is planned any more."""
    instance = running_instance(case)
    here = [fact for fact in events.facts_of(case) if fact.subject.startswith(f"{instance.subject}/session:")]
    if events.last_of(here, "session_held") is not None:
        return "TRIED"
    before = [fact.data.get("before", "") for fact in here if fact.kind == "session_planned"]
    return next((state for state in before if state and state != "HEARING_SET"), "ANSWERED")


class NameHead(SessionAction):
    """Who comes as the agency's head; named anew until the session (Appearance Provisions, art. 2, 5(3))."""

    name = "litigation.name_head"
    label = gettext_lazy("Name the head who comes to court")
    primary = 65
    form = HeadForm
    states = RUNNING
    guards = (
        a_session_is_planned,
        Guard(
            "not-a-head",
            ARTICLE_2,
            gettext_lazy(
                "Heads of subordinate or entrusted bodies and staff members are no head of the agency that is sued. "
                "Name its principal head, a deputy, or who is in charge of the act."
            ),
            lambda case, data, today: data["head_category"] in COUNTS_AS_HEAD,
            field="head_category",
            needs_data=True,
        ),
        Guard(
            "head-of-a-bureau",
            ARTICLE_2,
            gettext_lazy(
                "The head of a bureau is no head of the government that is sued, not even of the justice bureau. "
                "Name a head of the government; if the person holds both posts, write both."
            ),
            lambda case, data, today: (
                not speaks_for_government(data["standing"].participation.name) or is_own_post(data["head_post"])
            ),
            field="head_post",
            needs_data=True,
        ),
    )

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if has_open_session(subject) and heads_missing(subject) else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = appearance_of(data["session"], data["standing"])
        is_another = bool(row.head_name) and row.head_name != data["head_name"]
        row.head_name, row.head_post = data["head_name"], data["head_post"]
        row.head_category = data["head_category"]
        if is_another:
            row.certificate_on, row.is_certificate_refused = None, False  # it names who comes: a new one is needed
        row.save()
        events.record(
            subject, "head_named", data["on"], party=data["standing"].participation.party,
            subject=data["session"].subject, name=f"{data['head_name']}（{data['head_post']}）",
        )  # fmt: skip
        return self.done(subject, context)


def heads_missing(case: LitigationCase) -> bool:
    """Whether in a session to come an agency has neither named a head nor explained the absence."""
    rows = Appearance.objects.filter(session__in=open_sessions(case).order_by(), head_name="", absence_ground="")
    return rows.filter(standing__head_of=None, session__kind=SessionKind.SESSION).exists()


class FileCertificate(SessionAction):
    """The certificate with name, post and the agency's seal went to the court, before the session (art. 6)."""

    name = "litigation.file_certificate"
    label = gettext_lazy("Record the head's identity certificate")
    form = CertificateForm
    states = RUNNING
    guards = (
        a_session_is_planned,
        Guard(
            "no-head-named",
            ARTICLE_6,
            gettext_lazy("Name the head first: the certificate says who comes."),
            lambda case, data, today: bool(appearance_of(data["session"], data["standing"]).head_name),
            field="standing",
            needs_data=True,
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = appearance_of(data["session"], data["standing"])
        row.certificate_on, row.is_certificate_refused = data["on"], data["is_refused"]
        row.save()
        events.record(
            subject, "certificate_filed", data["on"], party=data["standing"].participation.party,
            subject=data["session"].subject, refused=data["is_refused"],
        )  # fmt: skip
        return self.done(subject, context)


class ExplainAbsence(SessionAction):
    """The head cannot come, or did not: ground, evidence, and seal or signature (Appearance Provisions, art. 8, 9)."""

    name = "litigation.explain_absence"
    label = gettext_lazy("Record a statement that the head cannot come")
    form = AbsenceForm
    states = EVERYWHERE
    guards = (
        Guard(
            "no-absence",
            "",
            gettext_lazy("No session is planned, and to none that was held a head did not come."),
            lambda case, data, today: has_explainable_session(case),
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = appearance_of(data["session"], data["standing"])
        row.absence_ground, row.absence_note = data["ground"], data["reason"]
        row.has_absence_papers, row.is_absence_accepted = data["has_papers"], None
        row.save()
        events.record(
            subject, "absence_explained", data["on"], party=data["standing"].participation.party,
            subject=data["session"].subject, ground=data["ground"], has_papers=data["has_papers"],
        )  # fmt: skip
        return self.done(subject, context)


class AnswerAbsence(SessionAction):
    """The court has examined the reason and its evidence (art. 9(2))."""

    name = "litigation.answer_absence"
    label = gettext_lazy("Record the court's answer on the head's absence")
    topic = Topic.COURSE
    form = AbsenceAnswerForm
    states = EVERYWHERE
    guards = (
        Guard(
            "no-absence-explained",
            "",
            gettext_lazy("No statement of absence is recorded."),
            lambda case, data, today: events.last_of(events.facts_of(case), "absence_explained") is not None,
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        row = data["appearance"]
        row.is_absence_accepted = data["is_accepted"]
        row.save()
        events.record(
            subject, "absence_answered", data["on"], party=row.standing.participation.party,
            subject=row.session.subject, is_accepted=data["is_accepted"],
        )  # fmt: skip
        return self.done(subject, context)


class AgreeHead(SessionAction):
    """Co-defendants agree, or the court decides, whose head comes for both (Appearance Provisions, art. 3)."""

    name = "litigation.agree_head"
    label = gettext_lazy("Record whose head comes for several defendants")
    topic = Topic.COURSE
    roles = LIAISON
    form = AgreementForm
    states = EVERYWHERE
    guards = (
        Guard(
            "one-defendant",
            ARTICLE_3,
            gettext_lazy("There is only one defendant: its own head comes."),
            lambda case, data, today: (found := running_instance(case)) is not None and len(defendants_of(found)) > 1,
        ),
    )

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        standing, other = data["standing"], data["head_of"]
        standing.head_of = other
        standing.head_agreement = data["paper"] if other is not None else ""
        standing.save()
        name = other.participation.name if other is not None else ""
        events.record(
            subject, "head_agreed", data["on"], party=standing.participation.party,
            subject=standing.in_instance.subject, paper=data["paper"], head_of=name,
        )  # fmt: skip
        return self.done(subject, context)


def _write_rows(session: CourtSession, data: Mapping[str, Any], *, keeps_plan: bool = False) -> dict[str, Any]:
    """Each agency's line; returns what the entry tells of it.

    `keeps_plan`: that the court called, and who was named but did not come, stays as it was planned.
    """
    came, absent = [], []
    for standing, values in data["rows"].items():
        row = appearance_of(session, standing)
        kept = _planned_columns(row, values) if keeps_plan else frozenset()
        for name, value in values.items():
            if name not in kept:
                setattr(row, name, value)
        row.save()
        is_head = row.head_came and row.head_category in COUNTS_AS_HEAD
        (came if is_head else absent).append(standing)
    return {"came": names_of(came), "absent": names_of(absent), "session_kind": session.kind}


def _planned_columns(row: Appearance, values: Mapping[str, Any]) -> frozenset[str]:
    called = {"court_calls_head"} if row.court_calls_head else set()
    return frozenset(called if values["head_came"] else {*called, *HEAD_COLUMNS})


class RecordSession(SessionAction):
    """How a session went: for each agency whether its head came, left, spoke, and who else came (art. 10-12)."""

    name = "litigation.record_session"
    label = gettext_lazy("Record a court session")
    submit_label = gettext_lazy("Save the record")
    roles = LIAISON
    primary = 62
    form = RecordForm
    states = RUNNING
    instead = gettext_lazy("Correct the record of the session: every earlier version is kept.")
    guards = (not_before("suit_filed", "case_filed", "complaint_received"),)

    def priority(self, subject: LitigationCase) -> int:
        return self.primary if subject.state == "HEARING_SET" else 0

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        session = data["session"] or new_session(subject, data, data["on"])
        session.held_on, session.report = data["on"], data["report"]
        session.save()
        kept = _write_rows(session, data, keeps_plan=True)
        events.record(subject, "session_held", data["on"], subject=session.subject, **kept)
        if open_sessions(subject).exists():
            subject.set_session()
        else:
            subject.try_case()
        record_there(session, data["together"], data, context)
        self.done(subject, context)
        tell_of_faults(subject, session, context.today)
        return subject


class CorrectSession(SessionAction):
    """Put the record of a session right; the earlier version stays in history, another day moves the entry."""

    name = "litigation.correct_session"
    label = gettext_lazy("Correct the record of a court session")
    submit_label = gettext_lazy("Save the record")
    topic = Topic.CORRECTION
    roles = LIAISON
    form = CorrectRecordForm
    instead = RecordSession.instead
    guards = (not_before("suit_filed", "case_filed", "complaint_received"),)

    def state_refusal(self, subject: LitigationCase, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if events.last_of(events.facts_of(subject), "session_held") is not None:
            return None
        return Refusal("no-session", _("No session is recorded yet."))

    def execute(self, subject: LitigationCase, data: Mapping[str, Any], context: ActionContext) -> LitigationCase:
        session = data["session"]
        session.report = data["report"]
        session.save()
        kept = _write_rows(session, data)
        events.record(
            subject, "session_corrected", context.today, subject=session.subject, reason=data["reason"], **kept
        )
        own = [fact for fact in events.facts_of(subject) if fact.subject == session.subject]
        known = events.last_of(own, "session_held")
        if known is not None and known.occurred_on != data["on"]:
            events.record(
                subject, events.CORRECTION, data["on"], subject=session.subject, corrects=known.root,
                reason=data["reason"], was=known.occurred_on.isoformat(), corrected_kind=known.kind,
            )  # fmt: skip
        return self.done(subject, context)


SESSIONS = (
    PlanSession,
    NameHead,
    FileCertificate,
    ExplainAbsence,
    AnswerAbsence,
    AgreeHead,
    RecordSession,
    MoveSession,
    CallOffSession,
    CorrectSession,
)
