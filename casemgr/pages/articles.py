"""Articles in words of the reader's language."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?([①-⑳]?)")
_BETWEEN = re.compile(r"、|, ")
_NAMES = ("第{}条", "第{}款", "第{}项")


def article_in_words(reference: str) -> str:
    """ "30(1)(7)" → 第30条第1款第7项, or "art. 30(1)(7)"; "17、23" → 第17条、第23条. A full citation stands as it is.

    An item of an article that has one paragraph alone bears its mark: "41⑤" → 第41条第5项, or "art. 41(5)".
    """
    found = [_ARTICLE.fullmatch(piece) for piece in _BETWEEN.split(reference)]
    articles = [_parts(one) for one in found if one is not None]
    if len(articles) < len(found):
        return reference
    if (get_language() or "").startswith("zh"):
        return "、".join(
            "".join(name.format(part) for name, part in zip(_NAMES, parts, strict=True) if part) for parts in articles
        )
    listed = [parts[0] + "".join(f"({part})" for part in parts[1:] if part) for parts in articles]
    return _("art. %(reference)s") % {"reference": ", ".join(listed)}


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    """Article, paragraph and item; what is not named is empty."""
    article, paragraph, item, mark = found.groups()
    return article, paragraph or "", item or (str(ord(mark) - ord("①") + 1) if mark else "")


def basis_in_words(reference: str, statute: str) -> str:
    """A bare article belongs to the procedure's own statute; a full citation stands as it is."""
    if not reference or not reference[0].isdigit() or not statute:
        return article_in_words(reference)
    words = article_in_words(reference)
    return f"{statute}{words}" if words.startswith("第") else f"{statute}, {words}"
