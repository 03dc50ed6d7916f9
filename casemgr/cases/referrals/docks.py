"""What each kind of referral must carry, and which clocks run on it (dossier on mediation, §5.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models.referrals import Dock, Referral, ReferralKind
from casemgr.pages.forms import DateField

Text = str | Promise
Step = Literal["send", "accept", "result"]


@dataclass(frozen=True)
class DockField:
    """One entry that this dock adds. `needed_for`: the step that is refused while it is empty; `if_` limits that."""

    code: str
    label: Text
    make: Callable[..., forms.Field] = forms.CharField
    needed_for: Step | None = None
    if_: Callable[[Referral], bool] = lambda referral: True
    citation: str = ""
    choices: tuple[tuple[str, Text], ...] = ()

    def field(self) -> forms.Field:
        if self.choices:
            return forms.ChoiceField(label=self.label, required=False, choices=[("", _("— choose —")), *self.choices])
        if self.make is forms.CharField:
            return forms.CharField(label=self.label, required=False, max_length=300)
        return self.make(label=self.label, required=False)


@dataclass(frozen=True)
class Clocks:
    """Codes of statutory rules: for the answer from receipt, and for the result from `result_from`."""

    reply: str = ""
    result: str = ""
    result_from: Literal["received_on", "answered_on"] = "received_on"


NO_CLOCK = Clocks()


@dataclass(frozen=True)
class DockInfo:
    """`needs_day`: no text sets a length, so the sender must name the day. `note`: what both sides should know."""

    kinds: tuple[str, ...]
    fields: tuple[DockField, ...] = ()
    clocks: Callable[[Referral], Clocks] = lambda referral: NO_CLOCK
    extended_by: Callable[[Referral], Literal["parties", "sender", "nobody"]] = lambda referral: "parties"
    """Who may give more time than the clock of the result."""
    needs_day: bool = False
    returns_late: bool = False
    """Whether it goes back by itself once the day of its result has passed."""
    note: Text = ""
    citation: str = ""


def _is_entrusted(referral: Referral) -> bool:
    return referral.kind == ReferralKind.ENTRUSTED


def _is_labour(referral: Referral) -> bool:
    return referral.extra.get("matter") == "labour"


def _failed(referral: Referral) -> bool:
    return referral.result in ("failed", "terminated")


def _court_clocks(referral: Referral) -> Clocks:
    """特邀调解规定 27: from the day the papers are signed for; on the platform 在线调解规则 12, 24: from acceptance."""
    on_platform = bool(referral.extra.get("on_platform"))
    if _is_entrusted(referral):
        result = "M-CRT-S" if referral.extra.get("track") == "summary" else "M-CRT-P"
    else:
        result = "M-CRT"
    return Clocks("M-ACK" if on_platform else "", result, "answered_on" if on_platform else "received_on")


def _at_most_five(**kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=5, **kwargs)


TICKET = (
    DockField("ticket", _("Ticket number"), needed_for="send"),
    DockField("satisfaction", _("Satisfaction of the caller"), needed_for="result"),
)

DOCKS: Mapping[str, DockInfo] = {
    Dock.COURT: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.ENTRUSTED),
        fields=(
            DockField(
                "track",
                _("Court procedure"),
                needed_for="send",
                if_=_is_entrusted,
                citation="特邀调解规定27",
                choices=(("ordinary", _("Ordinary procedure")), ("summary", _("Summary procedure"))),
            ),
            DockField("on_platform", _("Sent on the court's mediation platform"), forms.BooleanField),
            DockField(
                "roster",
                _("Entry of the court's roster (organisation or mediator)"),
                needed_for="accept",
                citation="特邀调解规定8、12",
            ),
            DockField("service_address", _("Confirmations of the service addresses are attached"), forms.BooleanField),
            DockField(
                "court_paper",
                _("Court mediation paper or withdrawal (after filing)"),
                needed_for="result",
                if_=lambda referral: _is_entrusted(referral) and referral.result == "settled",
                citation="在线调解规则20(2)",
            ),
            DockField(
                "failure_report",
                _("Why it failed, and conduct that raised the other side's costs"),
                needed_for="result",
                if_=_failed,
                citation="在线调解规则21",
            ),
        ),
        clocks=_court_clocks,
        note=_(
            "Before filing the parties' agreement may be confirmed by the court; after filing the court makes a "
            "mediation paper or the claim is withdrawn, and no confirmation is possible."
        ),
        citation="特邀调解规定11–27；在线调解规则9–25",
    ),
    Dock.POLICE: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.TRANSFER, ReferralKind.JOINT, ReferralKind.NOTICE),
        fields=(
            DockField("incident", _("Number of the incident or police case"), needed_for="send"),
            DockField(
                "nature",
                _("Nature"),
                needed_for="send",
                citation="公安机关办理行政案件程序规定178",
                choices=(("civil", _("Civil dispute, no violation")), ("security", _("Public security case"))),
            ),
            DockField(
                "security_kind",
                _("What kind of public security case"),
                needed_for="accept",
                if_=lambda referral: referral.extra.get("nature") == "security",
                citation="治安管理处罚法9(1)、(4)",
                choices=(
                    ("minor", _("Minor fight or damage out of a civil dispute: its civil part before a committee")),
                    ("police", _("Mediated by the police themselves")),
                    ("other", _("Another public security case")),
                ),
            ),
            DockField("injury", _("Injury and appraisal")),
            DockField(
                "no_penalty",
                _("The parties will apply jointly in writing for no penalty"),
                forms.BooleanField,
                citation="治安管理处罚法9(4)",
            ),
            DockField(
                "joint_application_on",
                _("The parties asked in writing for no penalty on"),
                DateField,
                needed_for="result",
                if_=lambda referral: bool(referral.extra.get("no_penalty")) and referral.result == "settled",
                citation="治安管理处罚法9(4)",
            ),
            DockField(
                "approval",
                _("Approval of the public security organ"),
                needed_for="result",
                if_=lambda referral: bool(referral.extra.get("no_penalty")) and referral.result == "settled",
                citation="治安管理处罚法9(4)",
            ),
        ),
        note=_(
            "No penalty is possible only when the agreement was reached and performed before the police decision, the "
            "parties ask in writing and the public security organ approves. Mediation does not stop a decision "
            "already made."
        ),
        citation="治安管理处罚法9",
    ),
    Dock.PETITION: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.TRANSFER, ReferralKind.JOINT, ReferralKind.NOTICE),
        fields=(
            DockField("petition", _("Petition number"), needed_for="send"),
            DockField("petition_kind", _("Kind of petition")),
            DockField(
                "answer_due",
                _("The petition must be answered by"),
                DateField,
                needed_for="send",
                citation="信访工作条例34",
            ),
            DockField(
                "mediated_by",
                _("Mediated by"),
                citation="信访工作条例33",
                choices=(
                    ("committee", _("A people's mediation committee")),
                    ("organ", _("The organ that handles the petition")),
                ),
            ),
            DockField(
                "representatives",
                _("Representatives (at most five)"),
                _at_most_five,
                citation="信访工作条例20",
            ),
        ),
        needs_day=True,
        note=_("The result must reach the petition office before its own day; an agreement is not its answer."),
        citation="信访工作条例33–34",
    ),
    Dock.ARBITRATION: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.ENTRUSTED, ReferralKind.TRANSFER),
        fields=(
            DockField(
                "matter",
                _("Matter"),
                needed_for="send",
                choices=(("labour", _("Labour dispute")), ("land", _("Contracted land"))),
            ),
            DockField("before_arbitration", _("Before an application for arbitration"), forms.BooleanField),
            DockField("joint_application", _("Joint application for an arbitral mediation paper")),
        ),
        clocks=lambda referral: Clocks(result="M-LAB") if _is_labour(referral) else NO_CLOCK,
        # 劳动争议调解仲裁法 14(3): after fifteen days without agreement a party may go to arbitration
        extended_by=lambda referral: "nobody" if _is_labour(referral) else "parties",
        note=_("A labour dispute not settled in fifteen days may go to arbitration; mediation may continue."),
        citation="劳动争议调解仲裁法10、14–16",
    ),
    Dock.RECONSIDERATION: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.JOINT),
        fields=(
            DockField("issues", _("Issues to be mediated"), needed_for="send"),
            DockField("civil_part", _("Civil part"), needed_for="send"),
            DockField(
                "administrative_part",
                _("Administrative part (stays with the authority)"),
                needed_for="send",
                citation="行政复议法73",
            ),
            DockField(
                "suspend",
                _("Suspension of the case agreed"),
                needed_for="send",
                citation="行政复议法39(1)⑥",
                choices=(("yes", _("Yes, by applicant and respondent")), ("no", _("No, the period runs on"))),
            ),
            DockField("secrecy", _("The mediator has signed for secrecy"), forms.BooleanField, needed_for="accept"),
            DockField(
                "agreement_allowed",
                _("All parties allow the agreement to be passed on (paper, date)"),
                needed_for="result",
                if_=lambda referral: False,  # without it the result goes back without the agreement's content
            ),
            DockField(
                "result_code",
                _("Result code"),
                needed_for="result",
                choices=(
                    ("R1", _("R1 civil part settled")),
                    ("R2", _("R2 all settled")),
                    ("R3", _("R3 settled in part")),
                    ("R4", _("R4 not settled")),
                    ("R5", _("R5 declined or late")),
                ),
            ),
        ),
        clocks=lambda referral: Clocks(result="M-REC", result_from="answered_on"),
        extended_by=lambda referral: "sender",  # its own decision waits for the result
        returns_late=True,
        note=_(
            "The mediator is an invited helper: an agreement of the people's mediation committee does not replace the "
            "authority's mediation paper."
        ),
        citation="行政复议法5、39、73",
    ),
    Dock.PROCURATORATE: DockInfo(
        kinds=(ReferralKind.DELEGATED, ReferralKind.TRANSFER, ReferralKind.JOINT), fields=TICKET[:1], needs_day=True
    ),
    Dock.LEGAL_AID: DockInfo(kinds=(ReferralKind.TRANSFER, ReferralKind.JOINT), fields=TICKET[:1]),
    Dock.HOTLINE: DockInfo(kinds=(ReferralKind.TRANSFER, ReferralKind.NOTICE), fields=TICKET, needs_day=True),
    Dock.CENTRE: DockInfo(kinds=(ReferralKind.TRANSFER, ReferralKind.JOINT), fields=TICKET[:1], needs_day=True),
    Dock.MEDIATION: DockInfo(kinds=(ReferralKind.DELEGATED, ReferralKind.TRANSFER, ReferralKind.JOINT)),
    Dock.OTHER: DockInfo(kinds=tuple(ReferralKind.values)),
}


def info(dock: str) -> DockInfo:
    return DOCKS[dock]


def missing(referral: Referral, step: Step, extra: Mapping[str, Any] | None = None) -> list[DockField]:
    """What must be filled in before the step, with the entries given with it."""
    held = {**referral.extra, **(extra or {})}
    return [
        entry
        for entry in info(referral.dock).fields
        if entry.needed_for == step and entry.if_(referral) and not held.get(entry.code)
    ]


__all__ = ["DOCKS", "Clocks", "DockField", "DockInfo", "info", "missing"]
