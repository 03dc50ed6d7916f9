"""The forms of court sessions: the summons, the head, the record of how each agency appeared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from casemgr.cases.day_forms import DayForm
from casemgr.cases.people.standing import has_case_role
from casemgr.organisation.scope import scope
from casemgr.pages.forms import ClockField, DateField, SeveralRowsField
from litigation.actions.together import numbers_of, only_there, suits_of, together_field
from litigation.court.sessions import (
    explainable_sessions,
    explained_absences,
    held_sessions,
    open_sessions,
    session_label,
)
from litigation.instances import DEFENDANTS, defendants_of, running_instance
from litigation.models import PROCEDURE, Appearance, CourtSession, LitigationCase, Standing
from litigation.roles import LIAISON
from litigation.terms import AbsenceGround, HeadCategory, SessionKind

TEXT = forms.Textarea({"rows": 2})


def own_standings(case: LitigationCase, actor: Any, today: date) -> Any:
    """The defendants for whom the person may act: the court liaison for all, an agency's liaison for the own one."""
    found = Standing.objects.filter(in_instance__case_id=case.pk, role__in=DEFENDANTS)
    found = found.select_related("participation__party", "in_instance").order_by("in_instance__order", "pk")
    if getattr(actor, "is_system", False) or has_case_role(actor, LIAISON, case, today):
        return found
    return found.filter(participation__party__unit_id__in=scope(actor, today).units_let_in(PROCEDURE))


class SessionField(forms.ModelChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CourtSession.objects.none(), label=pgettext_lazy("court", "Session"), **kwargs)

    def label_from_instance(self, session: CourtSession) -> str:
        return session_label(session)


class PlanForm(DayForm):
    """What the summons says. `on`: the day it arrived."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SessionKind.choices, initial=SessionKind.SESSION)
    planned_on = DateField(label=gettext_lazy("Day of the session"))
    starts = ClockField(label=gettext_lazy("Begins at"), required=False)
    place = forms.CharField(label=gettext_lazy("Court room"), max_length=120, required=False)
    is_online = forms.BooleanField(label=gettext_lazy("Held online"), required=False)
    called = SeveralRowsField(
        queryset=Standing.objects.none(),
        label=gettext_lazy("Agencies whose head the court calls"),
        required=False,
        help_text=gettext_lazy("By the notice to appear. Every head owes appearance also without one."),
    )
    head_notice_on = DateField(label=gettext_lazy("Notice calling the head received on"), required=False)
    together = together_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Summons received on")
        running = running_instance(self.subject)
        here = [one.pk for one in defendants_of(running)] if running is not None else []
        self.fields["called"].queryset = Standing.objects.filter(pk__in=here).select_related("participation")
        self.order_fields(["kind", "planned_on", "starts", "place", "is_online", "on", "called", "head_notice_on"])

    def clean_together(self) -> list[LitigationCase]:
        return suits_of(self, "litigation.plan_session")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, planned, notice = data.get("on"), data.get("planned_on"), data.get("head_notice_on")
        if on and planned and planned < on:
            self.add_error("planned_on", _("The session would lie before its summons. Check both days."))
        if notice and notice > self.today:
            self.add_error(
                "head_notice_on", _("The day lies in the future. Enter the day on which it really happened.")
            )
        if notice and not data.get("called"):
            self.add_error("called", _("Say whose head the notice calls."))
        return data


class MoveForm(DayForm):
    """The court names another day for a session. `on`: the day the agency was told."""

    session = SessionField()
    planned_on = DateField(label=gettext_lazy("New day of the session"))
    starts = ClockField(label=gettext_lazy("Begins at"), required=False)
    place = forms.CharField(label=gettext_lazy("Court room"), max_length=120, required=False)
    is_online = forms.BooleanField(label=gettext_lazy("Held online"), required=False)
    is_for_head = forms.BooleanField(
        label=gettext_lazy("Postponed because the head could not come"),
        required=False,
        help_text=gettext_lazy("If the head stays away again without good reason, the court records it (article 12)."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("New summons received on")
        _offer(self, open_sessions(self.subject))
        self.order_fields(["session", "planned_on", "starts", "place", "is_online", "on", "is_for_head", "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, planned = data.get("on"), data.get("planned_on")
        if on and planned and planned < on:
            self.add_error("planned_on", _("The session would lie before its summons. Check both days."))
        return data


class CallOffForm(DayForm):
    session = SessionField()
    is_for_head = MoveForm.base_fields["is_for_head"]
    reason = forms.CharField(label=gettext_lazy("Why it was called off"), max_length=200, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, open_sessions(self.subject))
        del self.fields["note"]
        self.order_fields(["session", "on", "reason", "is_for_head"])


def _offer(form: forms.Form, sessions: Any) -> None:
    """The sessions to choose from; the next one is chosen."""
    field = form.fields["session"]
    field.queryset = sessions
    if not form.is_bound and "session" not in form.initial and (first := sessions.first()) is not None:
        field.initial = first.pk


class AgencyForm(DayForm):
    """Something about one agency's head in one session."""

    sessions = staticmethod(open_sessions)
    """Of a file: which can be chosen."""
    session = SessionField()
    standing = forms.ModelChoiceField(Standing.objects.none(), label=gettext_lazy("Agency"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.sessions(self.subject)
        _offer(self, offered)
        own = own_standings(self.subject, self.actor, self.today)
        field = self.fields["standing"]
        field.queryset = own.filter(in_instance__sessions__in=offered.order_by()).distinct()
        field.label_from_instance = lambda one: one.participation.name
        if not self.is_bound and "standing" not in self.initial and field.queryset.count() == 1:
            field.initial = field.queryset.first().pk
        self.order_fields(["session", "standing"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        session, standing = data.get("session"), data.get("standing")
        if session is not None and standing is not None and session.in_instance_id != standing.in_instance_id:
            self.add_error("standing", _("This agency does not stand in that instance."))
        return data


class HeadForm(AgencyForm):
    head_name = forms.CharField(label=gettext_lazy("Name of the head"), max_length=50)
    head_post = forms.CharField(label=pgettext_lazy("head", "Post"), max_length=60)
    head_category = forms.ChoiceField(label=gettext_lazy("Category"), choices=HeadCategory.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Named on")


class CertificateForm(AgencyForm):
    is_refused = forms.BooleanField(
        label=gettext_lazy("The court does not accept it, and it cannot be put right in time"),
        required=False,
        help_text=gettext_lazy("Then the head counts as not having come (Appearance Provisions, article 6)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Handed in on")


class AbsenceForm(AgencyForm):
    """Why a head cannot come, or did not."""

    sessions = staticmethod(explainable_sessions)
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=AbsenceGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=gettext_lazy("What prevents the head from coming"), max_length=300, widget=TEXT)
    has_papers = forms.BooleanField(
        label=gettext_lazy("Evidence is enclosed, with the agency's seal or the principal head's signature"),
        required=False,
        help_text=gettext_lazy("Without it the absence counts as one without good reason (article 9)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Handed in on")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        session, standing = data.get("session"), data.get("standing")
        if session is None or standing is None or session.held_on is None:
            return data
        rows = session.appearances.filter(standing=standing)
        if rows.filter(head_came=True).exists():
            self.add_error("standing", _("The head of this agency came to that session: there is no absence."))
        elif rows.filter(is_absence_accepted__isnull=False).exists():
            self.add_error("standing", _("The court has decided on this absence already: its answer stands."))
        return data


class AbsenceAnswerForm(DayForm):
    """The court's view of the reason, perhaps only known after the session."""

    appearance = forms.ModelChoiceField(Appearance.objects.none(), label=gettext_lazy("Absence"))
    is_accepted = forms.TypedChoiceField(
        label=gettext_lazy("The court"),
        choices=[("yes", gettext_lazy("accepts the reason")), ("no", gettext_lazy("does not accept it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["appearance"]
        field.queryset = explained_absences(self.subject)
        field.label_from_instance = lambda one: f"{one.standing.participation.name}　{session_label(one.session)}"
        if not self.is_bound and (first := field.queryset.first()) is not None:
            field.initial = first.pk
        self.order_fields(["appearance", "is_accepted", "on"])


class AgreementForm(DayForm):
    """Whose head comes for two defendants of one instance."""

    standing = forms.ModelChoiceField(Standing.objects.none(), label=gettext_lazy("Defendant whose head need not come"))
    head_of = forms.ModelChoiceField(
        Standing.objects.none(),
        label=gettext_lazy("Defendant whose head comes for both"),
        required=False,
        empty_label=gettext_lazy("Nobody: the agreement does not stand"),
    )
    paper = forms.CharField(
        label=gettext_lazy("Written agreement, or the court's note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Without a paper on file, the agency whose head does not come counts as absent."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("standing", "head_of"):
            rows = Standing.objects.filter(in_instance__case_id=self.subject.pk, role__in=DEFENDANTS)
            self.fields[name].queryset = rows.select_related("participation", "in_instance")
            self.fields[name].label_from_instance = lambda one: f"{one.participation.name}　{one.in_instance}"
        self.fields["on"].label = _("Agreed or decided on")
        self.order_fields(["standing", "head_of", "paper", "on"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        own, other = data.get("standing"), data.get("head_of")
        if own is None or other is None:
            return data
        if own.pk == other.pk:
            self.add_error("head_of", _("Choose the other defendant."))
        elif own.in_instance_id != other.in_instance_id:
            self.add_error("head_of", _("Both must stand in the same instance: each instance counts for itself."))
        elif other.head_of_id is not None:
            self.add_error("head_of", _("For this defendant another one's head comes already."))
        return data


@dataclass(frozen=True)
class AgencyFields:
    """The fields of one agency in the record of a session, as the page groups them."""

    standing: Standing
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        return self.standing.participation.name


HEAD_COLUMNS = ("head_name", "head_post", "head_category", "certificate_on")
COLUMNS = (
    *("head_came", *HEAD_COLUMNS, "is_certificate_refused"),
    *("left_early", "spoke", "refused_to_explain", "staff", "lawyers", "court_calls_head"),
)


def _fields_of_agency() -> dict[str, forms.Field]:
    return {
        "head_came": forms.BooleanField(label=_("Somebody came as its head"), required=False),
        "head_name": forms.CharField(label=_("Name of the head"), required=False, max_length=50),
        "head_post": forms.CharField(label=pgettext("head", "Post"), required=False, max_length=60),
        "head_category": forms.ChoiceField(
            label=_("Category"), required=False, choices=[("", "—"), *HeadCategory.choices]
        ),
        "certificate_on": DateField(label=_("Identity certificate handed in on"), required=False),
        "is_certificate_refused": forms.BooleanField(label=_("The court did not accept it"), required=False),
        "left_early": forms.BooleanField(label=_("Left without leave"), required=False),
        "spoke": forms.BooleanField(label=_("Spoke on how to settle the dispute"), required=False),
        "refused_to_explain": forms.BooleanField(label=_("Refused to explain"), required=False),
        "staff": forms.CharField(label=_("Staff members who came"), required=False, max_length=200),
        "lawyers": forms.CharField(label=_("Lawyers"), required=False, max_length=200),
        "court_calls_head": forms.BooleanField(label=_("The court had called the head"), required=False),
    }


class RecordForm(DayForm):
    """How a session went, with a group of fields for each agency: `head_came_7` and so on, by its standing's id."""

    page_template = "litigation/_session_form.html"
    session = SessionField(required=False, empty_label=gettext_lazy("Not planned before"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind, if it was not planned before"), choices=SessionKind.choices, required=False
    )
    report = forms.CharField(
        label=gettext_lazy("How it went"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    together = together_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = pgettext("court", "Held on")
        del self.fields["note"]
        self.offer()
        chosen = self.chosen()
        instance = chosen.in_instance if chosen is not None else running_instance(self.subject)
        self.standings = defendants_of(instance) if instance is not None else []
        known = {row.standing_id: row for row in chosen.appearances.all()} if chosen is not None else {}
        for standing in self.standings:
            row = known.get(standing.pk) or Appearance()
            for name, field in _fields_of_agency().items():
                self.fields[f"{name}_{standing.pk}"] = field
                field.initial = self.begun(name, row)
        if not self.is_bound and chosen is not None:
            self.begin(chosen)

    def offer(self) -> None:
        _offer(self, open_sessions(self.subject))

    def begun(self, name: str, row: Appearance) -> Any:
        """What a field begins with: a head who was named and has a certificate came, unless somebody says otherwise."""
        if name == "head_came" and row.head_came is None:
            return bool(row.head_name and row.certificate_on)
        return getattr(row, name)

    def begin(self, session: CourtSession) -> None:
        day = timezone.localtime(session.planned_at).date()
        self.fields["on"].initial = min(day, self.today)
        self.fields["together"].initial = numbers_of(session, self.actor, self.today)

    def chosen(self) -> CourtSession | None:
        """The session the form is about: sent, asked for in the address, or the next one."""
        field = self.fields["session"]
        raw = self.data.get("session") if self.is_bound else self.initial.get("session", field.initial)
        raw = raw[-1] if isinstance(raw, list | tuple) and raw else raw
        key = str(getattr(raw, "pk", raw) or "")
        return field.queryset.filter(pk=int(key)).first() if key.isascii() and key.isdigit() else None

    @property
    def agencies(self) -> list[AgencyFields]:
        return [AgencyFields(one, {name: self[f"{name}_{one.pk}"] for name in COLUMNS}) for one in self.standings]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["rows"] = {one: self._row(data, one) for one in self.standings}
        for case in data.get("together") or ():
            if names := only_there(case, self.standings):
                told = {"number": case.number, "names": "、".join(names)}
                self.add_error(
                    "together", _("In %(number)s %(names)s is sued, too: record its session in that file.") % told
                )
                break
        return data

    def clean_together(self) -> list[LitigationCase]:
        return suits_of(self, "litigation.record_session")

    def _row(self, data: dict[str, Any], standing: Standing) -> dict[str, Any]:
        row = {name: data.get(f"{name}_{standing.pk}") for name in COLUMNS}
        if row["head_came"]:
            for name in ("head_name", "head_category"):
                if not row[name]:
                    self.add_error(f"{name}_{standing.pk}", _("Say who came as head, with post and category."))
        elif any(row[name] for name in ("left_early", "spoke", "refused_to_explain")):
            self.add_error(f"head_came_{standing.pk}", _("Only who came can have spoken, refused or left."))
        return row


class CorrectRecordForm(RecordForm):
    """Filled with the record as it stands."""

    reason = forms.CharField(label=gettext_lazy("Why the record is corrected"), max_length=500, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].required = True
        self.fields["session"].empty_label = None
        del self.fields["kind"], self.fields["together"]
        self.order_fields(["session", "reason"])

    def offer(self) -> None:
        held = held_sessions(self.subject)
        field = self.fields["session"]
        field.queryset = held
        if not self.is_bound and "session" not in self.initial and (last := held.last()) is not None:
            field.initial = last.pk

    def begun(self, name: str, row: Appearance) -> Any:
        return getattr(row, name)

    def begin(self, session: CourtSession) -> None:
        self.fields["on"].initial = session.held_on
        self.fields["report"].initial = session.report
