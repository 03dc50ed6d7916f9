"""Articles in the words of the reader's language."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_BARE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\((\d+)\))?")


def article_in_words(reference: str) -> str:
    """ "30(1)(7)" → 第30条第1款第7项, or "art. 30(1)(7)"; a full citation is left as it is."""
    found = _BARE.fullmatch(reference)
    if found is None:
        return reference
    if not (get_language() or "").startswith("zh"):
        return _("art. %(reference)s") % {"reference": reference}
    names = ("第{}条", "第{}款", "第{}项")
    return "".join(name.format(part) for name, part in zip(names, found.groups(), strict=True) if part)


def basis_in_words(reference: str, statute: str) -> str:
    """A bare article belongs to the procedure's own statute; a full citation stands as it is."""
    if not reference or not reference[0].isdigit() or not statute:
        return article_in_words(reference)
    words = article_in_words(reference)
    return f"{statute}{words}" if words.startswith("第") else f"{statute}, {words}"
