"""The clocks of people's mediation (dossier §1.3). The Mediation Law itself sets none; six others do."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.timelimits.arithmetic import calendar_days, months, working_days, years
from casemgr.timelimits.rules import AS_AGREED, Law, Rule

CHECKED = date(2026, 11, 23)
MEDIATION_LAW = Law(
    code="peoples-mediation-law",
    name=_("People's Mediation Law (2010)"),
    in_force=(date(2011, 1, 1), None),
    published_on=date(2010, 8, 28),
    checked_on=CHECKED,
)
INVITED_MEDIATION = Law(
    code="invited-mediation-provisions",
    name=_("Provisions on invited mediation (2016)"),
    in_force=(date(2016, 7, 1), None),
    published_on=date(2016, 6, 28),
    checked_on=CHECKED,
)
ONLINE_MEDIATION = Law(
    code="online-mediation-rules",
    name=_("Rules on online mediation by the courts (2021)"),
    in_force=(date(2022, 1, 1), None),
    published_on=date(2021, 12, 30),
    checked_on=CHECKED,
)
LABOUR_LAW = Law(
    code="labour-disputes-law",
    name=_("Labour Dispute Mediation and Arbitration Law (2007)"),
    in_force=(date(2008, 5, 1), None),
    published_on=date(2007, 12, 29),
    checked_on=CHECKED,
)
MEDICAL_REGULATION = Law(
    code="medical-disputes-regulation",
    name=_("Regulation on medical disputes (2018)"),
    in_force=(date(2018, 10, 1), None),
    published_on=date(2018, 7, 31),
    checked_on=CHECKED,
)
TRAFFIC_PROVISIONS = Law(
    code="traffic-accident-provisions",
    name=_("Provisions on the handling of traffic accidents (2017)"),
    in_force=(date(2018, 5, 1), None),
    published_on=date(2017, 7, 22),
    checked_on=CHECKED,
)
CIVIL_PROCEDURE_LAW = Law(
    code="civil-procedure-law",
    name=_("Civil Procedure Law (2023)"),
    in_force=(date(2024, 1, 1), None),
    published_on=date(2023, 9, 1),
    checked_on=CHECKED,
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="M-GEN",
        name=_("Mediation of an ordinary dispute"),
        citation="地方规定（宁波市人民调解条例27）",
        bound_party="committee",
        ours=True,
        period=months(1),
        starts_on="accepted",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        extended_by=("extended",),
        extension_cap=AS_AGREED,
        on_expiry=_("Terminate, tell the parties, and advise on the other ways"),
    ),
    Rule(
        code="M-CRT",
        law=INVITED_MEDIATION,
        name=_("Mediation delegated by the court before filing"),
        citation="特邀调解规定27；在线调解规则24",
        bound_party="committee",
        ours=True,
        period=calendar_days(30),
        starts_on="court_papers_received",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        extended_by=("extended",),
        extension_cap=AS_AGREED,
        pauses=(("appraisal_from", "appraisal_until"),),
        on_expiry=_("Return the papers; the court must file the case"),
    ),
    Rule(
        code="M-CRT-P",
        law=INVITED_MEDIATION,
        name=_("Mediation entrusted by the court, ordinary procedure"),
        citation="特邀调解规定27；在线调解规则24",
        bound_party="committee",
        ours=True,
        period=calendar_days(15),
        starts_on="court_papers_received",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        extended_by=("extended",),
        extension_cap=AS_AGREED,
        on_expiry=_("Back to trial"),
    ),
    Rule(
        code="M-CRT-S",
        law=INVITED_MEDIATION,
        name=_("Mediation entrusted by the court, summary procedure"),
        citation="特邀调解规定27；在线调解规则24",
        bound_party="committee",
        ours=True,
        period=calendar_days(7),
        starts_on="court_papers_received",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        extended_by=("extended",),
        extension_cap=AS_AGREED,
        on_expiry=_("Back to trial"),
    ),
    Rule(
        code="M-LAB",
        law=LABOUR_LAW,
        name=_("Mediation of a labour dispute"),
        citation="劳动争议调解仲裁法14",
        bound_party="committee",
        ours=True,
        period=calendar_days(15),
        starts_on="application_received",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        on_expiry=_("The party may apply for arbitration; the case may go on"),
    ),
    Rule(
        code="M-MED",
        law=MEDICAL_REGULATION,
        name=_("Mediation of a medical dispute"),
        citation="医疗纠纷预防和处理条例38",
        bound_party="committee",
        ours=True,
        period=working_days(30),
        starts_on="accepted",
        met_by=("agreed", "failed", "terminated", "withdrawn"),
        extended_by=("extended",),
        extension_cap=AS_AGREED,
        pauses=(("appraisal_from", "appraisal_until"),),
        on_expiry=_("Counts as failed"),
    ),
    Rule(
        code="M-TRF",
        law=TRAFFIC_PROVISIONS,
        name=_("Joint request to the traffic police after failure"),
        citation="道路交通事故处理程序规定85",
        bound_party="parties",
        period=calendar_days(3),
        starts_on="failed",
        on_expiry=_("Only a suit remains"),
    ),
    Rule(
        code="M-ACK",
        law=ONLINE_MEDIATION,
        name=_("Answer to a court's delegation on the platform"),
        citation="在线调解规则12、15",
        bound_party="committee",
        ours=True,
        period=working_days(3),
        starts_on="delegation_received",
        met_by=("delegation_answered",),
        on_expiry=_("A reminder, then the matter goes back to the court"),
    ),
    Rule(
        code="M-APPR",
        law=ONLINE_MEDIATION,
        name=_("Appraisal before filing"),
        citation="在线调解规则26",
        bound_party="committee",
        not_computed=_("No length: the time of the appraisal is not counted"),
    ),
    Rule(
        code="M-CONF",
        law=MEDIATION_LAW,
        name=_("Application for judicial confirmation"),
        citation="人民调解法33；民事诉讼法205",
        bound_party="parties",
        period=calendar_days(30),
        starts_on="agreement_effective",
        met_by=("confirmation_filed",),
        on_expiry=_("This way is closed; a suit on the agreement stays possible, art. 32"),
    ),
    Rule(
        code="M-ENF",
        law=CIVIL_PROCEDURE_LAW,
        name=_("Enforcement of a confirmed agreement"),
        citation="民事诉讼法250",
        bound_party="winner",
        period=years(2),
        starts_on="performance_expired",
        met_by=("enforcement_applied", "performed"),
    ),
    Rule(
        code="M-REC",
        name=_("Help asked by the reconsideration office"),
        citation="本系统约定",
        bound_party="committee",
        ours=True,
        period=working_days(15),
        starts_on="invitation_accepted",
        met_by=("result_sent",),
        on_expiry=_("Returned without result; ten days before the decision period ends at the latest"),
    ),
)
