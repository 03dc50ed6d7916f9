"""What pages call the parts of a paper."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NEW_PART = "new"
FRAME = {"title": gettext_lazy("Title"), "addressee": gettext_lazy("Addressee")}
PART_NAMES = {
    "parties": gettext_lazy("The parties"),
    "application": gettext_lazy("Application and acceptance"),
    "reasons": gettext_lazy("Requests, facts and reasons"),
    "reply": gettext_lazy("The respondent's reply"),
    "third-party": gettext_lazy("The third party's statement"),
    "opinions": gettext_lazy("How opinions were heard"),
    "facts": gettext_lazy("Facts and evidence"),
    "reasoning": gettext_lazy("The authority's reasons"),
    "result": gettext_lazy("The decision"),
    "decision": gettext_lazy("The decision"),
    "remedy": gettext_lazy("Effect and remedies"),
}
"""Parts that several kinds of paper share; any other part is named by its place only."""


def part_label(number: int, code: str) -> str:
    """How pages name a part of a paper: its place in the text, and what it is about where that is known."""
    if code in FRAME:
        return str(FRAME[code])
    if code == NEW_PART:
        return _("Text of the part")
    if code in PART_NAMES:
        return _("Part %(number)s: %(name)s") % {"number": number, "name": PART_NAMES[code]}
    if not number:
        return _("A part that was taken out")
    return _("Part %(number)s") % {"number": number}
