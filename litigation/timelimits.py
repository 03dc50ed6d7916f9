"""Statutory periods of litigation follow-up: suits (L-), procuratorial (P-) and judicial (J-) suggestions.

Every period in days is calendar days (行诉解释, art. 48), but for what the Administrative Compulsion Law, art. 69
makes working days. Suits before 1 May 2015 are not computed: the rules of that time are not kept here.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from django.utils.translation import gettext_lazy as _

from casemgr.timelimits.arithmetic import calendar_days, calendar_days_before, months, working_days, years
from casemgr.timelimits.rules import Law, Rule, expiry_of, planned

CHECKED = date(2026, 11, 23)
LITIGATION_LAW = Law(
    code="administrative-litigation-law",
    name=_("Administrative Litigation Law (2014, 2017) and its judicial interpretation"),
    in_force=(date(2015, 5, 1), None),
    published_on=date(2017, 6, 27),
    checked_on=CHECKED,
)
COMPULSION_LAW = Law(
    code="administrative-compulsion-law",
    name=_("Administrative Compulsion Law (2011)"),
    in_force=(date(2012, 1, 1), None),
    published_on=date(2011, 6, 30),
    checked_on=CHECKED,
)
COMPENSATION_LAW = Law(
    code="state-compensation-law",
    name=_("State Compensation Law (2012)"),
    in_force=(date(2013, 1, 1), None),
    published_on=date(2012, 10, 26),
    checked_on=CHECKED,
)
PUBLIC_INTEREST = Law(
    code="public-interest-interpretation",
    name=_("Interpretation on procuratorial public interest suits"),
    in_force=(date(2018, 3, 2), None),
    published_on=date(2018, 3, 1),
    checked_on=CHECKED,
)
PROCURATORIAL_RULES = Law(
    code="procuratorial-suggestion-rules",
    name=_("Rules on procuratorial suggestions (2019)"),
    in_force=(date(2019, 2, 26), None),
    published_on=date(2019, 2, 26),
    checked_on=CHECKED,
)
JUDICIAL_SUGGESTION_RULES = Law(
    code="judicial-suggestion-rules",
    name=_("Provisions on judicial suggestions for comprehensive governance (2023)"),
    in_force=(date(2023, 11, 16), None),
    published_on=date(2023, 11, 15),
    checked_on=CHECKED,
)

_Rule = partial(Rule, law=LITIGATION_LAW)
NO_LENGTH = _("The law fixes no length")
LATE_SUIT = _("The suit is dismissed; the agency checks this defence")

SUING = (
    _Rule(code="L-SUE6M", name=_("Suit against an act"), citation="行政诉讼法46(1)", bound_party="plaintiff", period=months(6),
          starts_on="act_known", met_by=("suit_filed",), on_expiry=LATE_SUIT),
    _Rule(code="L-SUE15", name=_("Suit after reconsideration"), citation="行政诉讼法45", bound_party="plaintiff",
          period=calendar_days(15), starts_on="reconsideration_decision_received", met_by=("suit_filed",), on_expiry=LATE_SUIT),
    _Rule(code="L-SUE1Y", name=_("Outer limit where the period to sue was not told"), citation="行诉解释64",
          bound_party="plaintiff", period=years(1), starts_on="content_known", met_by=("suit_filed",), on_expiry=LATE_SUIT),
    _Rule(code="L-SUEMAX", name=_("Outer limit from the act: 5 years, 20 for real estate"), citation="行政诉讼法46(2)",
          bound_party="plaintiff", period=years(5),
          period_of=lambda case, facts, root: years(20 if facts.concerns_real_estate else 5),
          starts_on="act_made", met_by=("suit_filed",), on_expiry=LATE_SUIT),
    _Rule(code="L-OMIT", name=_("Performance of a duty asked for"), citation="行政诉讼法47", bound_party="agency", ours=True,
          period=months(2), starts_on="request_received", met_by=("duty_performed",),
          on_expiry=_("A suit is possible; silence must first go to reconsideration since 2024, Reconsideration Law art. 23(1)(3)")),
    _Rule(code="L-SUE-OBST", name=_("Request to extend after an obstacle"), citation="行政诉讼法48", bound_party="plaintiff",
          period=calendar_days(10), starts_on="obstacle_removed", met_by=("extension_asked",)),
)  # fmt: skip

FIRST_INSTANCE = (
    _Rule(code="L-FILE", name=_("Court files the case or refuses"), citation="行政诉讼法51；行诉解释53", bound_party="court",
          period=calendar_days(7), starts_on="suit_filed", met_by=("case_filed",)),
    _Rule(code="L-SERVE", name=_("Copy of the complaint to the defendant"), citation="行政诉讼法67(1)", bound_party="court",
          period=calendar_days(5), starts_on="case_filed", met_by=("complaint_received",)),
    _Rule(code="L-ANSWER", name=_("Answer, evidence and normative documents"), citation="行政诉讼法67(1)、34", bound_party="agency",
          ours=True, period=calendar_days(15), starts_on="complaint_received", met_by=("answer_filed",),
          ended_by=("suit_withdrawn", "case_closed"),
          on_expiry=_("Counts as having no evidence, unless a third party's rights are involved and it supplies it")),
    _Rule(code="L-EVID-EXT", name=_("Written request for more time for evidence"), citation="行诉解释34", bound_party="agency",
          ours=True, period=calendar_days(15), starts_on="complaint_received", met_by=("evidence_extension_asked", "answer_filed"),
          on_expiry=_("Late evidence counts as none")),
    _Rule(code="L-SUPP", name=_("Supplementary evidence"), citation="行政诉讼法36(2)", bound_party="agency", ours=True,
          not_computed=_("With the court's leave; no length is fixed")),
    _Rule(code="L-JUR", name=_("Objection to jurisdiction"), citation="行诉解释10、11", bound_party="agency", ours=True,
          period=calendar_days(15), starts_on="complaint_received", met_by=("jurisdiction_objected", "answer_filed"),
          on_expiry=_("Barred, also in the second instance")),
    _Rule(code="L-SIMPLE-EV", name=_("Evidence in the simplified procedure"), citation="行诉解释104", bound_party="parties",
          not_computed=_("Set by the court or agreed, at most 15 days")),
    _Rule(code="L-SUMMON", name=_("Summons before the session"), citation="行诉解释71", bound_party="court",
          period=calendar_days_before(3), starts_on=planned("session_planned"), met_by=("summons_received",)),
    _Rule(code="L-HEADNOTICE", name=_("Notice calling the head to court"), citation="负责人出庭应诉规定5", bound_party="court",
          period=calendar_days_before(3), starts_on=planned("session_planned"), met_by=("head_notice_received",)),
    _Rule(code="L-CHANGE", name=_("Change of the act during the first instance"), citation="行诉解释81", bound_party="agency",
          ours=True, not_computed=_("No length: written notice to the court during the first instance")),
    _Rule(code="L-TRIAL", name=_("Judgment of the first instance"), citation="行政诉讼法81；行诉解释50", bound_party="court",
          period=months(6), starts_on="case_filed", met_by=("judgment_made",)),
    _Rule(code="L-TRIAL-S", name=_("Judgment in the simplified procedure"), citation="行政诉讼法83；行诉解释105(2)",
          bound_party="court", period=calendar_days(45), starts_on="case_filed", met_by=("judgment_made",)),
    _Rule(code="L-SUSP90", name=_("Suspension after which the suit ends"), citation="行诉解释88(2)", bound_party="court",
          period=calendar_days(90), starts_on="suit_suspended", met_by=("suit_resumed",),
          on_expiry=_("The suit ends, special circumstances excepted")),
    _Rule(code="L-JUDG-SERVE", name=_("Judgment sent after pronouncement in court"), citation="行政诉讼法80(2)", bound_party="court",
          period=calendar_days(10), starts_on="judgment_pronounced", met_by=("judgment_served",)),
)  # fmt: skip

APPEAL = (
    _Rule(code="L-APPEAL-J", name=_("Appeal against a judgment"), citation="行政诉讼法85", bound_party="parties",
          period=calendar_days(15), starts_on="judgment_served", met_by=("appealed",),
          on_expiry=_("Effective when no party has appealed in its own period")),
    _Rule(code="L-APPEAL-R", name=_("Appeal against a ruling"), citation="行政诉讼法85；行诉解释101(2)", bound_party="parties",
          period=calendar_days(10), starts_on="ruling_served", met_by=("appealed",),
          on_expiry=_("Effective; only refusal to file, dismissal of the suit and jurisdiction can be appealed")),
    _Rule(code="L-APPEAL-COPY-SEND", name=_("Copies of the appeal to the other side"), citation="行诉解释108", bound_party="court",
          period=calendar_days(5), starts_on="appeal_received_by_court", met_by=("appeal_copy_received",)),
    _Rule(code="L-APPEAL-ANSWER", name=_("Answer to the other side's appeal"), citation="行诉解释108", bound_party="agency",
          ours=True, period=calendar_days(15), starts_on="appeal_copy_received", met_by=("appeal_answered",),
          on_expiry=_("No answer does not stop the trial")),
    _Rule(code="L-APPEAL-COPY-FORWARD", name=_("Answer sent to the appellant"), citation="行诉解释108", bound_party="court",
          period=calendar_days(5), starts_on="appeal_answered", met_by=("appeal_answer_forwarded",)),
    _Rule(code="L-APPEAL-COPY-FILE", name=_("File sent to the court of second instance"), citation="行诉解释108",
          bound_party="court", period=calendar_days(5), starts_on="appeal_answered", met_by=("appeal_file_sent",)),
    _Rule(code="L-2ND", name=_("Judgment of the second instance"), citation="行政诉讼法88", bound_party="court", period=months(3),
          starts_on="appeal_file_received", met_by=("judgment_made",)),
    _Rule(code="L-RETRIAL", name=_("Application for retrial"), citation="行诉解释110", bound_party="parties", period=months(6),
          starts_on="ruling_effective", met_by=("retrial_applied",),
          on_expiry=_("Only the grounds that run from knowing remain")),
    _Rule(code="L-RETRIAL-OP", name=_("Opinion on a retrial application"), citation="行诉解释111", bound_party="agency", ours=True,
          period=calendar_days(15), starts_on="retrial_application_received", met_by=("retrial_opinion_filed",)),
    _Rule(code="L-RETRIAL-REV", name=_("Review of the retrial application"), citation="行诉解释112", bound_party="court",
          period=months(6), starts_on="retrial_filed", met_by=("retrial_ruled",)),
    _Rule(code="L-PROTEST-ORDER", name=_("Retrial ordered on a protest"), citation="行诉解释124", bound_party="court",
          period=calendar_days(30), starts_on="protest_received", met_by=("retrial_ruled",)),
    _Rule(code="L-PROTEST-SUGGESTION", name=_("Review of a retrial suggestion"), citation="行诉解释126", bound_party="court",
          period=months(3), starts_on="retrial_suggestion_received", met_by=("retrial_ruled",)),
)  # fmt: skip

ENFORCEMENT = (
    _Rule(code="L-PERF", name=_("Performance of the effective ruling"), citation="行政诉讼法94、96", bound_party="agency", ours=True,
          starts_on="performance_term_set", met_by=("performed",), not_computed=_("The length stands in the ruling itself"),
          on_expiry=_("Transfer of funds, a daily fine of 50 to 100 yuan on the head, public notice, suggestion, detention")),
    _Rule(code="L-ENF2Y", name=_("Application for enforcement"), citation="行诉解释153；民事诉讼法250", bound_party="winner",
          period=years(2), starts_on="performance_expired", met_by=("enforcement_applied", "performed"),
          on_expiry=_("The court no longer accepts it; the agency's own duty does not end")),
    _Rule(code="L-NONLIT", name=_("Application for non-litigation enforcement"), citation="行诉解释156；行政强制法53", bound_party="agency",
          ours=True, period=months(3), starts_on="suing_period_expired", met_by=("nonlitigation_applied", "performed"),
          on_expiry=_("The application is refused unless there is good reason")),
    _Rule(code="L-NONLIT-DEMAND", name=_("Waiting time after the demand letter"), citation="行政强制法54、69", bound_party="agency",
          law=COMPULSION_LAW, period=working_days(10), starts_on="demand_served", met_by=("performed",),
          on_expiry=_("The agency may apply to the court")),
    _Rule(code="L-NONLIT-C-ACCEPT", name=_("Court accepts the application for enforcement"), citation="行政强制法56、69；行诉解释155",
          bound_party="court", law=COMPULSION_LAW, period=working_days(5), starts_on="nonlitigation_applied",
          met_by=("nonlitigation_accepted",)),
    _Rule(code="L-NONLIT-C-OBJECT", name=_("Objection to the refusal"), citation="行政强制法56；行诉解释155", bound_party="agency", ours=True,
          law=COMPULSION_LAW, period=calendar_days(15), starts_on="nonlitigation_refused", met_by=("nonlitigation_objected",)),
    _Rule(code="L-NONLIT-C-UPPER", name=_("Ruling of the upper court on the objection"), citation="行政强制法56；行诉解释155",
          bound_party="court", law=COMPULSION_LAW, period=calendar_days(15), starts_on="nonlitigation_objected",
          met_by=("nonlitigation_ruled",)),
    _Rule(code="L-NONLIT-C-REVIEW", name=_("Court reviews and rules on enforcement"), citation="行政强制法57、69；行诉解释160",
          bound_party="court", law=COMPULSION_LAW, period=working_days(7), starts_on="nonlitigation_accepted",
          met_by=("nonlitigation_ruled",)),
    _Rule(code="L-NONLIT-C-REVIEW-LONG", name=_("Court's review where the act is obviously illegal"), citation="行政强制法58；行诉解释160",
          bound_party="court", law=COMPULSION_LAW, period=calendar_days(30), starts_on="nonlitigation_accepted",
          met_by=("nonlitigation_ruled",)),
    _Rule(code="L-NONLIT-C-SERVE", name=_("Ruling refusing enforcement served on the agency"), citation="行政强制法58、69", bound_party="court",
          law=COMPULSION_LAW, period=working_days(5), starts_on="nonlitigation_ruled", met_by=("nonlitigation_ruling_served",)),
    _Rule(code="L-CIVIL-INT", name=_("Interest for delay on money not paid"), citation="行政诉讼法101；民事诉讼法264", bound_party="agency",
          ours=True, not_computed=_("No period: double interest runs from the end of the performance term")),
)  # fmt: skip

COMPENSATION = (
    _Rule(code="L-COMP-DECIDE", name=_("Decision on the compensation request"), citation="国家赔偿法13", bound_party="agency", ours=True,
          law=COMPENSATION_LAW, period=months(2), starts_on="compensation_asked", met_by=("compensation_decided",)),
    _Rule(code="L-COMP-SERVE", name=_("Service of the compensation decision"), citation="国家赔偿法13", bound_party="agency", ours=True,
          law=COMPENSATION_LAW, period=calendar_days(10), starts_on="compensation_decided", met_by=("compensation_served",)),
    _Rule(code="L-COMP-SUE", name=_("Suit for compensation"), citation="国家赔偿法14", bound_party="claimant", law=COMPENSATION_LAW,
          period=months(3), starts_on=expiry_of("L-COMP-DECIDE"), met_by=("suit_filed",)),
    _Rule(code="L-COMP-CLAIM", name=_("Claim for compensation"), citation="国家赔偿法39", bound_party="claimant", law=COMPENSATION_LAW,
          period=years(2), starts_on="harm_known", met_by=("compensation_asked",)),
    _Rule(code="L-COMP-PAY-FILE", name=_("Payment request sent to the finance department"), citation="国家赔偿法37", bound_party="agency",
          ours=True, law=COMPENSATION_LAW, period=calendar_days(7), starts_on="payment_asked", met_by=("payment_filed",)),
    _Rule(code="L-COMP-PAY-FINANCE", name=_("Payment by the finance department"), citation="国家赔偿法37", bound_party="finance",
          law=COMPENSATION_LAW, period=calendar_days(15), starts_on="payment_filed", met_by=("paid",)),
)  # fmt: skip

JUDICIAL_SUGGESTIONS = (
    _Rule(code="J-NORM-ANSWER", name=_("Answer to a suggestion on a normative document"), citation="行诉解释149", bound_party="maker",
          ours=True, period=calendar_days(60), starts_on="suggestion_received", met_by=("suggestion_answered",)),
    _Rule(code="J-NORM-SEND", name=_("Suggestion on a normative document sent by the court"), citation="行诉解释149", bound_party="court",
          period=months(3), starts_on="ruling_effective", met_by=("suggestion_received",)),
    _Rule(code="J-GOV", name=_("Answer to a suggestion for comprehensive governance"), citation="综合治理类司法建议规定8、9",
          bound_party="recipient", ours=True, law=JUDICIAL_SUGGESTION_RULES, period=months(2), starts_on="suggestion_received",
          met_by=("suggestion_answered",), on_expiry=_("May be copied to the superior organ; the letter's own term wins")),
    _Rule(code="J-EXEC", name=_("Suggestion because a ruling is not performed"), citation="行政诉讼法96(4)", bound_party="recipient", ours=True,
          not_computed=_("No length: the court must be told how it was handled")),
    _Rule(code="J-ATT", name=_("Suggestion because the head did not attend"), citation="行政诉讼法66(2)；负责人出庭应诉规定12",
          bound_party="recipient", ours=True, not_computed=_("No length, and no duty to report back, is stated")),
)  # fmt: skip

PROCURATORIAL = (
    _Rule(code="P-PIL", name=_("Performance and answer to a public interest suggestion"), citation="检察公益诉讼解释21(2)",
          bound_party="agency", ours=True, law=PUBLIC_INTEREST, period=months(2), starts_on="suggestion_received",
          met_by=("suggestion_answered",), on_expiry=_("The procuratorate may sue; a reply is not performance")),
    _Rule(code="P-PIL-URGENT", name=_("Answer to an urgent public interest suggestion"), citation="检察公益诉讼解释21(2)",
          bound_party="agency", ours=True, law=PUBLIC_INTEREST, period=calendar_days(15), starts_on="suggestion_received",
          met_by=("suggestion_answered",), on_expiry=_("The procuratorate may sue; a reply is not performance")),
    _Rule(code="P-OTHER", name=_("Answer to another procuratorial suggestion"), citation="检察建议工作规定19", bound_party="recipient",
          ours=True, law=PROCURATORIAL_RULES, period=months(2), starts_on="suggestion_received", met_by=("suggestion_answered",),
          on_expiry=_("Reported upward; the letter's own date wins")),
    _Rule(code="P-TRIAL", name=_("Notice of the session to the procuratorate"), citation="检察公益诉讼解释8(1)", bound_party="court",
          law=PUBLIC_INTEREST, period=calendar_days_before(3), starts_on=planned("session_planned"), met_by=("session_notified",)),
)  # fmt: skip

RULES: tuple[Rule, ...] = (
    *SUING,
    *FIRST_INSTANCE,
    *APPEAL,
    *ENFORCEMENT,
    *COMPENSATION,
    *JUDICIAL_SUGGESTIONS,
    *PROCURATORIAL,
)
