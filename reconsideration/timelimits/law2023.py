"""Periods under the Reconsideration Law of 2023, in the order of its articles.

三日, 五日, 七日, 十日 are working days (art. 88(2)); 十五日, 三十日, 六十日 are calendar days.
"""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from casemgr.timelimits.arithmetic import calendar_days, working_days, working_days_before, years
from casemgr.timelimits.rules import EXCLUDED_TIME, SUSPENSION, Rule, expiry_of, planned
from reconsideration.timelimits import conditions as when
from reconsideration.timelimits.laws import EXTENSION_CAP, LAW_2023, REGULATION_2007, REGULATION_2026

_Rule = partial(Rule, law=LAW_2023)
NO_LENGTH = _("The law fixes no length")
CLOSED_BY = ("terminated", "dismissed", "mediated", "handed_up", "voided")
ANSWERED = ("accepted", "refused", "not_handled")

APPLICATION = (
    _Rule(
        code="R-APPLY",
        name=_("Application for reconsideration"),
        citation="20(1)",
        bound_party="applicant",
        period=calendar_days(60),
        period_of=when.application_period,
        on_expiry=_(
            "The application is out of time and is not accepted, art. 30(1)(4); an obstacle stops the clock, art. 20(2)"
        ),
    ),
    _Rule(
        code="R-APPLY-1Y",
        name=_("Outer limit where the applicant was not told the remedies"),
        citation="20(3)",
        bound_party="applicant",
        period=years(1),
        on_expiry=_("The application is out of time even if the applicant was never told"),
    ),
    _Rule(
        code="R-APPLY-MAX",
        name=_("Outer limit from the act: 5 years, 20 for real estate"),
        citation="21",
        bound_party="applicant",
        period=years(5),
        period_of=when.outer_limit,
        on_expiry=_("The application is not accepted"),
    ),
    _Rule(
        code="R-APPLY-MAX-ESTATE",
        name=_("Outer limit from the act where it concerns real estate"),
        citation="21",
        bound_party="applicant",
        period=years(20),
        on_expiry=_("The application is not accepted"),
    ),
    *(
        _Rule(
            code="R-APPLY-START",
            name=_("First day of the application period"),
            citation=citation,
            bound_party="applicant",
            regulation=regulation,
            not_computed=_("This rule fixes the first day, not a length: the period is R-APPLY"),
        )
        for regulation, citation in ((REGULATION_2007, "实施条例15"), (REGULATION_2026, "实施条例23"))
    ),
    *(
        _Rule(
            code="R-APPLY-OMIT",
            name=_("Waiting time before applying against a failure to act, where no performance term is fixed"),
            citation=citation,
            bound_party="agency",
            period=calendar_days(60),
            regulation=regulation,
            on_expiry=_("The application period begins"),
        )
        for regulation, citation in ((REGULATION_2007, "实施条例16"), (REGULATION_2026, "实施条例24"))
    ),
)

INTAKE = (
    _Rule(
        code="R-ACC",
        name=_("Review of the application"),
        citation="30(1)",
        bound_party="office",
        ours=True,
        period=working_days(5),
        starts_on="received",
        met_by=ANSWERED,
        ended_by=("correction_notice_issued", "voided", "withdrawn"),
        ended_in_time_by=("correction_notice_issued",),  # art. 31(1): within five days of receipt
        on_expiry=_("The application counts as accepted on the day the review period ends, art. 30(3)"),
        expiry_action="reconsideration.deem_accept",
    ),
    _Rule(
        code="R-REJ",
        name=_("Refusal of acceptance"),
        citation="30(2)",
        bound_party="authority",
        ours=True,
        period=working_days(5),
        on_expiry=_("No refusal is possible any more: the application counts as accepted"),
    ),
    _Rule(
        code="R-CORR-1",
        name=_("Correction notice"),
        citation="31(1)",
        bound_party="authority",
        ours=True,
        period=working_days(5),
        on_expiry=_("The review period runs on and the application counts as accepted when it ends"),
    ),
    _Rule(
        code="R-CORR-2",
        name=_("Correction by the applicant"),
        citation="31(2)",
        bound_party="applicant",
        period=working_days(10),
        period_of=when.correction_term,
        starts_on="correction_notice_served",
        met_by=("corrected",),
        met_beforehand_by=("corrected",),
        ended_by=("abandoned", "voided", "withdrawn"),
        on_expiry=_("Without good reason: treated as giving up the application, recorded in the file"),
    ),
    _Rule(
        code="R-CORR-3",
        name=_("Review of the corrected application"),
        citation="31(3)",
        bound_party="office",
        ours=True,
        period=working_days(5),
        starts_on="corrected",
        met_by=ANSWERED,
        ended_by=("voided", "withdrawn"),
        on_expiry=_("The application counts as accepted on the day the review period ends, art. 30(3)"),
        expiry_action="reconsideration.deem_accept",
    ),
    _Rule(
        code="R-FWD-PEN",
        name=_("Forwarding or self-correction by the penalising organ"),
        citation="32(2)",
        bound_party="penalising_organ",
        period=working_days(5),
        on_expiry=_("Breach of duty: the office reminds the organ"),
    ),
    _Rule(
        code="R-CONFLICT-AGREE",
        name=_("Two authorities agree who is competent"),
        citation="实施条例30",
        bound_party="organs",
        period=calendar_days(10),
        regulation=REGULATION_2007,
        on_expiry=_("The common superior designates"),
    ),
    _Rule(
        code="R-CONFLICT-DESIGNATE",
        name=_("The common superior designates the authority"),
        citation="实施条例30",
        bound_party="organs",
        period=calendar_days(10),
        regulation=REGULATION_2007,
    ),
    _Rule(
        code="R-DISMISS",
        name=_("Dismissal of the application"),
        citation="33",
        bound_party="authority",
        ours=True,
        not_computed=_("No length of its own: before the decision period ends"),
    ),
)

TRIAL = (
    _Rule(
        code="R-READ",
        name=_("Reading and copying the file"),
        citation="47",
        bound_party="office",
        ours=True,
        not_computed=_("No length: whenever the applicant, a third party or their agents ask"),
    ),
    _Rule(
        code="R-SEND",
        name=_("Copy to the respondent"),
        citation="48",
        bound_party="office",
        ours=True,
        period=working_days(7),
        starts_on="accepted",
        met_by=("copy_sent",),
        ended_by=CLOSED_BY,
        applies_if=when.is_ordinary,
        on_expiry=_("Breach of duty"),
    ),
    _Rule(
        code="R-REPLY",
        name=_("Respondent's written reply"),
        citation="48",
        bound_party="respondent",
        period=working_days(10),
        starts_on="copy_served",
        starts_once=True,
        met_by=("reply_received",),
        met_beforehand_by=("reply_received",),
        ended_by=("reply_missing", "decided", *CLOSED_BY),
        reopened_by=("converted_to_ordinary",),
        applies_if=when.is_ordinary,
        on_expiry=_("The act counts as lacking evidence and basis, unless a third party proves it, art. 70"),
    ),
    _Rule(
        code="R-OPINION",
        name=_("Opinions of the parties are heard"),
        citation="49",
        bound_party="office",
        ours=True,
        not_computed=_("No length: before the decision"),
    ),
    _Rule(
        code="R-HEAR-MUST",
        name=_("Hearing in a grave, difficult or complex case"),
        citation="50",
        bound_party="office",
        ours=True,
        not_computed=_("No length: before the decision"),
    ),
    _Rule(
        code="R-HEAR-NOTICE",
        name=_("Notice of the hearing"),
        citation="51(1)",
        bound_party="office",
        ours=True,
        period=working_days_before(5),
        starts_on=planned("hearing_planned"),
        met_by=("hearing_notified", "hearing_notice_waived"),
        met_for_each=when.everybody,  # 通知当事人
        ended_by=("hearing_cancelled", *CLOSED_BY),
        on_expiry=_("Fix a new day for the hearing, or get the parties' written waiver"),
    ),
    _Rule(
        code="R-HEAR-ABS",
        name=_("Absence of the applicant from the hearing"),
        citation="51(2)",
        bound_party="applicant",
        not_computed=_("No length: the right to a hearing is given up, the case goes on"),
    ),
    _Rule(
        code="R-HEAR-HEAD",
        name=_("Attendance of the respondent's head at the hearing"),
        citation="51(3)",
        bound_party="respondent",
        not_computed=_("No length: on the day of the hearing"),
    ),
    _Rule(
        code="R-COMM",
        name=_("Opinion of the reconsideration committee"),
        citation="52",
        bound_party="office",
        ours=True,
        not_computed=_("No length: before the decision"),
    ),
    _Rule(
        code="R-SEND-S",
        name=_("Copy to the respondent, simplified procedure"),
        citation="54(1)",
        bound_party="office",
        ours=True,
        period=working_days(3),
        starts_on="accepted",
        met_by=("copy_sent",),
        ended_by=CLOSED_BY,
        applies_if=when.is_simplified,
        on_expiry=_("Breach of duty"),
    ),
    _Rule(
        code="R-REPLY-S",
        name=_("Respondent's written reply, simplified procedure"),
        citation="54(1)",
        bound_party="respondent",
        period=working_days(5),
        starts_on="copy_served",
        starts_once=True,
        met_by=("reply_received",),
        met_beforehand_by=("reply_received",),
        ended_by=("reply_missing", "decided", *CLOSED_BY),
        applies_if=when.is_simplified,
        on_expiry=_("The act counts as lacking evidence and basis, unless a third party proves it, art. 70"),
    ),
    _Rule(
        code="R-CONV",
        name=_("Conversion to the ordinary procedure"),
        citation="55",
        bound_party="office",
        ours=True,
        not_computed=_("No length: before the decision; the 60 days run from acceptance"),
    ),
)

SUSPENDED = ("suspended", "suspension_ground_added")
"""The day from which the case is suspended on a ground: its own, also when another suspended it before."""

ANNEX_DAY_0 = (
    (REGULATION_2007, "56、57", "annex_opened"),
    (REGULATION_2026, "56、57；实施条例53(2)", SUSPENDED),
)
ANNEXED_REVIEW = (
    # day 0: the suspension since Regulation 2026, art. 53(2); before it no text named one
    *(
        _Rule(
            code="R-ANX-OWN",
            name=_("Annexed review by the authority itself"),
            citation=citation,
            bound_party="authority",
            ours=True,
            period=calendar_days(30),
            starts_on=day_0,
            met_by=("annex_concluded",),
            ended_by=("annex_forwarded", "decided", *CLOSED_BY),
            applies_if=when.annex_is_ours,
            regulation=regulation,
        )
        for regulation, citation, day_0 in ANNEX_DAY_0
    ),
    *(
        _Rule(
            code="R-ANX-FWD",
            name=_("Transfer of the annexed review to the competent organ"),
            citation=citation,
            bound_party="authority",
            ours=True,
            period=working_days(7),
            starts_on=day_0,
            met_by=("annex_forwarded",),
            ended_by=("decided", *CLOSED_BY),
            applies_if=when.annex_is_anothers,
            regulation=regulation,
        )
        for regulation, citation, day_0 in ANNEX_DAY_0
    ),
    _Rule(
        code="R-ANX-NOTIFY",
        name=_("Notice to the maker of the normative document"),
        citation="58(1)",
        bound_party="office",
        ours=True,
        period=working_days(3),
        starts_on=SUSPENDED,
        met_by=("annex_notice_issued", "annex_notified"),
        ended_by=("annex_forwarded", "decided", *CLOSED_BY),
        applies_if=when.annex_is_ours,
    ),
    _Rule(
        code="R-ANX-REPLY",
        name=_("Written answer of the maker"),
        citation="58(1)",
        bound_party="maker",
        period=working_days(10),
        starts_on="annex_notified",
        met_by=("annex_answered",),
        ended_by=("annex_concluded", "decided", *CLOSED_BY),
    ),
    _Rule(
        code="R-ANX-60",
        name=_("Opinion of the organ that received the transfer"),
        citation="60",
        bound_party="receiving_organ",
        period=calendar_days(60),
        starts_on="annex_forward_received",
        met_by=("annex_concluded",),
        ended_by=("decided", *CLOSED_BY),
        on_expiry=_("Remind the organ and report"),
    ),
)

STOPS = (
    _Rule(
        code="R-SUSP",
        name=_("Suspension and resumption"),
        citation="39、40",
        bound_party="authority",
        ours=True,
        not_computed=_("Open-ended: resume as soon as the cause is gone"),
    ),
    _Rule(
        code="R-SUSP60",
        name=_("Suspension after which the case may be terminated"),
        citation="41⑤",
        bound_party="applicant",
        period=calendar_days(60),
        starts_on=SUSPENDED,
        met_by=("resumed", "suspension_ground_ended"),
        ended_by=CLOSED_BY,
        applies_if=when.may_terminate_after_sixty_days,
        on_expiry=_("The case may be terminated from the next day"),
    ),
    _Rule(
        code="R-TERM", name=_("Termination"), citation="41", bound_party="authority", ours=True, not_computed=NO_LENGTH
    ),
    _Rule(
        code="R-STOP",
        name=_("Stop of execution"),
        citation="42",
        bound_party="authority",
        ours=True,
        not_computed=NO_LENGTH,
    ),
)

DECISION = (
    _Rule(
        code="R-DEC",
        name=_("Decision, ordinary procedure"),
        citation="62(1)",
        bound_party="authority",
        ours=True,
        period=calendar_days(60),
        period_of=when.decision_term(60),
        starts_on="accepted",
        met_by=("decided", "dismissed", "terminated", "mediated"),
        ended_by=("handed_up", "voided"),
        extended_by=("extended",),
        extension_cap=EXTENSION_CAP,
        pauses=SUSPENSION + EXCLUDED_TIME,
        applies_if=when.is_ordinary,
        on_expiry=_(
            "The applicant may sue within 15 days of the expiry, art. 34; Administrative Litigation Law, art. 45"
        ),
    ),
    _Rule(
        code="R-EXT",
        name=_("Extension of the decision period"),
        citation="62(1)",
        bound_party="office",
        ours=True,
        extension_cap=EXTENSION_CAP,
        not_computed=_("An extension of at most 30 days has no start of its own: compute R-DEC with the days added"),
    ),
    _Rule(
        code="R-HAND-UP",
        name=_("Papers to the superior that takes the case up"),
        citation="38；实施条例40(3)",
        bound_party="authority",
        ours=True,
        period=working_days(5),
        starts_on="superior_took_up",
        met_by=("handed_up",),
        ended_by=("decided", "terminated", "dismissed", "mediated", "voided"),
        regulation=REGULATION_2026,
    ),
    _Rule(
        code="R-DEC-S",
        name=_("Decision, simplified procedure"),
        citation="62(2)",
        bound_party="authority",
        ours=True,
        period=calendar_days(30),
        period_of=when.decision_term(30),
        starts_on="accepted",
        met_by=("decided", "dismissed", "terminated", "mediated"),
        ended_by=("handed_up", "voided"),
        pauses=SUSPENSION + EXCLUDED_TIME,
        applies_if=when.is_simplified,
        on_expiry=_(
            "The applicant may sue within 15 days of the expiry; no extension exists: convert to the ordinary procedure"
        ),
    ),
    *(
        _Rule(
            code="R-REDO",
            name=_("New act ordered by the decision"),
            citation=citation,
            bound_party="respondent",
            period=calendar_days(60),
            period_of=when.redo_term,
            starts_on="decision_served",
            met_by=("redone", "performed"),
            applies_if=when.must_redo,
            regulation=regulation,
            on_expiry=_("Order to perform, interview, criticism; disciplinary measures, art. 77, 83"),
        )
        for regulation, citation in ((REGULATION_2007, "64；实施条例49"), (REGULATION_2026, "64；实施条例58"))
    ),
    _Rule(
        code="R-MED",
        name=_("Mediation"),
        citation="5、73",
        bound_party="authority",
        ours=True,
        not_computed=_("No length of its own: within the decision period"),
    ),
    _Rule(
        code="R-SETTLE",
        name=_("Settlement and withdrawal"),
        citation="74",
        bound_party="parties",
        not_computed=_("No length: before the decision"),
    ),
    _Rule(
        code="R-SERVE",
        name=_("Service of the decision"),
        citation="75(2)、88(1)",
        bound_party="authority",
        ours=True,
        not_computed=_("The law fixes no days for service; the decision takes effect on service"),
    ),
)

AFTERMATH = (
    _Rule(
        code="R-SUE15",
        name=_("Suit against the decision"),
        citation="10；行政诉讼法45",
        bound_party="party",
        period=calendar_days(15),
        starts_on=("decision_served", "refusal_served", "dismissal_served", "termination_served"),
        lapses=True,
        met_by=("sued",),
        applies_if=when.may_sue,
        on_expiry=_("The decision is final for this party"),
    ),
    _Rule(
        code="R-SUE-OVER",
        name=_("Suit after the decision period expired without answer"),
        citation="34；行政诉讼法45",
        bound_party="applicant",
        period=calendar_days(15),
        starts_on=expiry_of("R-DEC", "R-DEC-S"),
        lapses=True,
        met_by=("sued",),
    ),
    _Rule(
        code="R-OPIN",
        name=_("Report on the opinion letter"),
        citation="76",
        bound_party="recipient",
        period=calendar_days(60),
        starts_on="opinion_letter_served",
        met_by=("opinion_reported",),
        on_expiry=_("Order to perform, interview, criticism, art. 77(2)"),
    ),
    _Rule(
        code="R-PERF",
        name=_("Performance within the term of the order"),
        citation="77",
        bound_party="respondent",
        starts_on=("performance_opened", "duty_added", "performance_ordered"),
        met_by=("performed", "duty_performed", "opinion_performed"),
        ended_by=("performance_ordered",),  # the order sets a new day in the place of the first
        period_of=when.ordered_day,
        on_expiry=_("Interview, public criticism, art. 77(2); disciplinary measures, art. 83"),
        not_computed=_("The length stands in the order itself"),
    ),
    _Rule(
        code="R-SUGG",
        name=_("Suggestion letter"),
        citation="实施条例69",
        bound_party="recipient",
        not_computed=NO_LENGTH,
    ),
    _Rule(
        code="R-ENF",
        name=_("Enforcement of the decision"),
        citation="78",
        bound_party="authority",
        ours=True,
        not_computed=_("By outcome: the acting organ, the authority, or the court (L-NONLIT)"),
    ),
    _Rule(
        code="R-PUB",
        name=_("Publication of the decision"),
        citation="79(1)；政府信息公开条例26",
        bound_party="authority",
        ours=True,
        period=working_days(20),
        on_expiry=_("An internal target: article 79(1) itself fixes no length"),
    ),
    _Rule(
        code="R-COPY",
        name=_("Copy to the respondent's superior department"),
        citation="79(2)",
        bound_party="authority",
        ours=True,
        not_computed=NO_LENGTH,
    ),
    _Rule(
        code="R-REP",
        name=_("Work report to the government"),
        citation="实施条例66(2)",
        bound_party="office",
        ours=True,
        not_computed=_("Periodic; the text fixes no days"),
    ),
    _Rule(
        code="R-FEE",
        name=_("No fee is charged"),
        citation="87",
        bound_party="authority",
        ours=True,
        not_computed=NO_LENGTH,
    ),
)

RULES: tuple[Rule, ...] = (*APPLICATION, *INTAKE, *TRIAL, *ANNEXED_REVIEW, *STOPS, *DECISION, *AFTERMATH)
