"""What the office may word itself in the papers of reconsideration.

Only style is here: openings, closings, how people are addressed. What an article prescribes (time limits, effect,
remedies and courts, rights and their articles, consequences of silence) stays in the papers' own modules and cannot be
edited away; where such words stand inside a passage, `keeps` holds them.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.documents.wording.passages import Passage

LAW = "《中华人民共和国行政复议法》"

CLOSING = Passage("reconsideration.closing", _("Closing words of notices"), "特此通知。")
INTRODUCTION = Passage(
    "reconsideration.introduction",
    _("Opening of papers during the trial"),
    "申请人{申请人}{不服}，向{机关}申请行政复议，{受理}于{受理日期}依法受理。",
)

ACCEPTANCE_HANDLERS = Passage(
    "acceptance_notice.handlers",
    _("Who handles the case"),
    "本案由{机构}承办，承办人：{承办人}{电话}。",
)
ACCEPTANCE_RIGHTS = Passage(
    "acceptance_notice.rights",
    _("Before the list of rights"),
    "在行政复议期间，根据" + LAW + "的规定，{当事人}享有下列权利：",
    keeps=(LAW,),
)

CORRECTION_HOW = Passage(
    "correction_notice.how",
    _("How to hand in what is missing"),
    "可以当面提交，也可以邮寄至{收件地点}，邮寄的以寄出的邮戳日期为准。",
    keeps=("邮戳",),
)

REPLY_COPY = Passage(
    "reply_notice.copy",
    _("The copy is sent"),
    "根据" + LAW + "{条款}的规定，现将{申请书}发送你单位。",
    keeps=(LAW,),
)
REPLY_SEAL = Passage("reply_notice.seal", _("The reply bears the seal"), "并加盖你单位印章", keeps=("印章",))

EXTENSION_CAUSE = Passage(
    "extension_notice.cause",
    _("Why the period is extended"),
    "因{原因}，情况复杂，不能在规定期限内作出行政复议决定。",
    keeps=("情况复杂", "不能在规定期限内"),
)

TERMINATION_WITHDRAWN = Passage(
    "termination.withdrawn",
    _("The application was withdrawn"),
    "申请人于{日期}书面申请撤回行政复议申请。",
    keeps=("撤回行政复议申请",),
)

DECISION_TRIED = Passage("decision.tried", _("The trial is over"), "本案现已审理终结。")
DECISION_SILENT_THIRD = Passage("decision.silent-third", _("The third party said nothing"), "第三人未提出书面意见。")
DECISION_HEARD = Passage(
    "decision.heard", _("How opinions were heard"), "审理期间，本机关{听取情况}。", keeps=("本机关",)
)
DECISION_NOT_HEARD = Passage(
    "decision.not-heard",
    _("Who could not be heard"),
    "因{当事人}自身原因，未能听取其意见，依法书面审理。",
    keeps=("自身原因", "书面审理"),
)
DECISION_FACTS = Passage("decision.facts", _("Before the facts found"), "经审理查明：{事实}")
DECISION_EVIDENCE = Passage("decision.evidence", _("Before the evidence"), "以上事实，有下列证据证明：")
DECISION_REASONING = Passage("decision.reasoning", _("Before the reasons"), "本机关认为：{理由}")
DECISION_RESULT = Passage(
    "decision.result",
    _("Before the result"),
    "综上，{结论}根据{依据}的规定，本机关决定如下：",
    keeps=("根据", "决定如下"),
)

TRIAL_OPENING = (INTRODUCTION,)
TRIAL_PAPERS = (INTRODUCTION, CLOSING)
ACCEPTANCE = (ACCEPTANCE_HANDLERS, ACCEPTANCE_RIGHTS, CLOSING)
CORRECTION = (CORRECTION_HOW, CLOSING)
REPLY = (REPLY_COPY, REPLY_SEAL, CLOSING)
EXTENSION = (INTRODUCTION, EXTENSION_CAUSE, CLOSING)
TERMINATION = (INTRODUCTION, TERMINATION_WITHDRAWN)
DECISION = (
    DECISION_TRIED,
    DECISION_SILENT_THIRD,
    DECISION_HEARD,
    DECISION_NOT_HEARD,
    DECISION_FACTS,
    DECISION_EVIDENCE,
    DECISION_REASONING,
    DECISION_RESULT,
)

PHRASES = (
    ("", "facts", "以上事实，各方当事人均无异议。"),
    ("", "facts", "被申请人提交的上述证据来源合法、内容真实，与本案具有关联性，本机关予以采信。"),
    ("", "reasons", "被申请人具有作出该行政行为的法定职权。"),
    ("", "reasons", "申请人的其他主张，没有事实根据和法律依据，本机关不予采纳。"),
    ("decision", "reasons", "该行政行为认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。"),
    ("", "closing", "特此通知。"),
)
"""Kind (empty: every paper), part, text: what every installation starts with."""
