"""Articles of the two texts a proposal leans on, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casemgr.pages.articles import article_in_words
from reconsideration.timelimits.laws import REGULATION_2026

REGULATION = "TL26 "


def cited(reference: str) -> str:
    """ "29, 30(1)(7)" → 第29条、第30条第1款第7项; "TL26 35" names the implementing regulation."""
    separator = _(", ")
    return separator.join(_one(piece) for piece in reference.split(", "))


def _one(piece: str) -> str:
    if piece.startswith(REGULATION):
        article = article_in_words(piece.removeprefix(REGULATION))
        return _("%(text)s, %(article)s") % {"text": REGULATION_2026.name, "article": article}
    return article_in_words(piece)
