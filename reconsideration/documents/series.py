"""Number series of the papers (dossier §5.1): the office may set its own format for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.numbering.series import Series, declare


def _series(code: str, name, word: str) -> str:
    return declare(Series(f"reconsideration.{code}", name, f"达政复{word}字〔{{year}}〕{{number}}号")).code


RECEIPT = _series("receipt", _("Receipts"), "收")
CORRECTION = _series("correction", _("Correction notices"), "补")
REFUSAL = _series("refusal", _("Refusals"), "不受")
ACCEPTANCE = _series("acceptance", _("Acceptance notices"), "受")
REPLY = _series("reply", _("Reply notices"), "答")
HEARING = _series("hearing", _("Hearing notices"), "听")
SUSPENSION = _series("suspension", _("Suspension notices"), "中")
RESUMPTION = _series("resumption", _("Resumption notices"), "恢")
EXTENSION = _series("extension", _("Extension notices"), "延")
CONVERSION = _series("conversion", _("Conversion notices"), "转")
ANNEX_NOTICE = _series("annex_notice", _("Notices of review of normative documents"), "审")
ANNEX_TRANSFER = _series("annex_transfer", _("Transfers of reviews of normative documents"), "转审")
NOT_HANDLED = _series("not_handled", _("Notices that an application is not handled again"), "告")
THIRD_PARTY = _series("third_party", _("Notices to third parties"), "参")
SUPERIOR = _series("superior", _("Requests, handovers and notices when the superior takes a case up"), "提")
STOP = _series("stop", _("Stop orders"), "停")
STOP_REFUSAL = _series("stop_refusal", _("Refusals to stop execution"), "不停")
STOP_END = _series("stop_end", _("Ends of stops of execution"), "解停")
MEDIATION = _series("mediation", _("Mediation papers"), "调")
TERMINATION = _series("termination", _("Termination decisions"), "终")
DISMISSAL = _series("dismissal", _("Dismissals"), "驳")
PAPER_CORRECTION = _series("paper_correction", _("Corrections of issued papers"), "更")
DECISION = _series("decision", _("Decisions"), "决")
OPINION = _series("opinion", _("Opinion letters"), "意")
SUGGESTION = _series("suggestion", _("Suggestion letters"), "建")
PERFORMANCE_ORDER = _series("performance_order", _("Orders to perform"), "责履")
CRITICISM = _series("criticism", _("Public criticisms"), "通")
LETTER = _series("letter", _("Letters to other organs"), "函")
ENFORCEMENT = _series("enforcement", _("Applications for enforcement"), "执")
WITHDRAWAL = _series("withdrawal", _("Permissions to withdraw"), "撤")
