"""What the office may word itself in the papers of suits (docs/decisions/0031): style only.

What an article prescribes, above all the duties of the organ that answers, stays in the papers' own modules.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.documents.wording.passages import Passage

ASSIGNMENT_OPENING = Passage(
    "suit_assignment.opening",
    _("Opening of the assignment of a suit"),
    "{法院}受理的{案件}，现交由你单位承办应诉工作，有关材料随单移送。请按下列要求办理：",
    keeps=("承办应诉工作",),
)
ANSWER_OPENING = Passage(
    "answer.opening", _("Before the answer to a complaint"), "现依法提出答辩如下：", keeps=("答辩",)
)
REPLY_OPENING = Passage(
    "suggestion_reply.opening",
    _("Opening of the reply to a suggestion"),
    "我单位高度重视，认真研究，现将办理情况回复如下：",
)
REPLY_CLOSING = Passage("suggestion_reply.closing", _("Closing words of the reply to a suggestion"), "特此函复。")

REPLY = (REPLY_OPENING, REPLY_CLOSING)
