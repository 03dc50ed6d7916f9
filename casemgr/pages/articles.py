"""Articles in the reader's language. Screens write 第30条第1款第7项, papers 第三十条第一款第七项."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_ARTICLE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?([①-⑳]?)")
_BETWEEN = re.compile(r"、|, ")
_NAMES = ("第{}条", "第{}款", "第{}项")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_NUMERAL = f"[{''.join(_DIGITS)}十百]+"
_WRITTEN = re.compile(f"第({_NUMERAL}(?:、{_NUMERAL})*)([条款项])")


def article_in_words(reference: str) -> str:
    """ "30(1)(7)" → 第30条第1款第7项, or "art. 30(1)(7)"; "17、23" → 第17条、第23条. A full citation stands as it is,
    but for its figures.

    An item of an article that has one paragraph alone bears its mark: "41⑤" → 第41条第5项, or "art. 41(5)".
    """
    found = [_ARTICLE.fullmatch(piece) for piece in _BETWEEN.split(reference)]
    articles = [_parts(one) for one in found if one is not None]
    if len(articles) < len(found):
        return in_figures(reference)
    if (get_language() or "").startswith("zh"):
        return named(articles)
    listed = [parts[0] + "".join(f"({part})" for part in parts[1:] if part) for parts in articles]
    return _("art. %(reference)s") % {"reference": ", ".join(listed)}


def named(articles: list[tuple[str, str, str]]) -> str:
    """第30条第1款第7项、第31条: of article, paragraph and item, the latter two empty where none is meant."""
    return "、".join(
        "".join(name.format(part) for name, part in zip(_NAMES, parts, strict=True) if part) for parts in articles
    )


def in_figures(text: str) -> str:
    """The articles in a text as screens write them: 《档案法》第二十一条第一款 → 《档案法》第21条第1款."""
    return _WRITTEN.sub(lambda found: f"第{'、'.join(map(_figure, found[1].split('、')))}{found[2]}", text)


def _figure(numeral: str) -> str:
    """一百五十三 → 153."""
    hundreds, _sign, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _DIGITS.get(hundreds, 0)
    value += 10 * (_DIGITS.get(tens.lstrip("零"), 1) if ten else 0) + _DIGITS.get(ones.lstrip("零"), 0)
    return str(value)


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
