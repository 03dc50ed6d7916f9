"""What the bureau may word itself in the papers of mediation: it pastes its own forms' words here.

What an article prescribes stands in the papers' own modules and cannot be edited away: rights and duties, effect and
its conditions, that nothing is charged, periods.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.documents.wording.passages import Passage

LAW = "《中华人民共和国人民调解法》"

APPLICATION_STATEMENT = Passage(
    "mediation.application.statement",
    _("What who applies declares"),
    "人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解。",
    keeps=("告知", "自愿"),
)
REGISTRATION_STATEMENT = Passage(
    "mediation.registration.statement",
    _("What the parties declare at registration"),
    "人民调解员已将人民调解的性质、原则和当事人的权利义务告知当事人，当事人自愿接受调解。",
    keeps=("自愿", "权利义务"),
)
RIGHTS_NATURE = Passage(
    "mediation.rights.nature",
    _("Nature and principles"),
    "人民调解是人民调解委员会通过说服、疏导等方法，促使当事人在平等协商基础上自愿达成调解协议，解决民间纠纷的活动。",
    keeps=("自愿", "平等"),
)
AGREEMENT_OPENING = Passage(
    "mediation.agreement.opening",
    _("Before what was agreed"),
    "经{委员会}主持调解，双方当事人在平等自愿的基础上达成如下协议：",
    keeps=("自愿",),
)
RECORD_STATEMENT = Passage(
    "mediation.record.statement",
    _("What the mediator told at the beginning"),
    "人民调解员核实了当事人和参加人的身份，告知了人民调解的性质、原则和效力，当事人在调解活动中享有的权利、承担的义务以及虚假调解的法律后果。当事人表示已经知悉。",
    keeps=("权利", "义务", "虚假调解"),
)
CLOSING = Passage("mediation.closing", _("Closing words of notices"), "特此告知。")
LETTER_CLOSING = Passage("mediation.letter-closing", _("Closing words of letters"), "特此函告。")

PHRASES = (
    ("", "facts", "以上事实，各方当事人均无异议。"),
    ("", "closing", "特此告知。"),
    ("", "closing", "特此函告。"),
)
"""Kind (empty: every paper), part, text: what every installation starts with."""
