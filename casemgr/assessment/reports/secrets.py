"""What a public report may not say: people of cases, numbers of theirs and of cases, small counts."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from casemgr.pages.masking import personal_numbers
from casemgr.parties.models import Party

CASE_NUMBER = re.compile(r"[〔（(]\d{4}[〕）)][^\s，。；]{0,12}?\d+号")
SMALL_COUNT = re.compile(
    r"(?<![\d.])[12](?=件|人|起|户|名)|(?<![\d.十百千万零〇第统])[一二两](?=件(?!事)|人(?![民一大口])|名(?!称|义|单))"
)
"""In digits or in words; not the words that only begin alike, such as 一件事, 第一人民法院, 统一名称."""
MOST = 5


def secrets_in(text: str) -> list[str]:
    """Each as a sentence; empty when the text may be published. A name that is also an ordinary word must be cut."""
    found = []
    if names := names_in(text):
        found.append(_("It names people of cases: %(names)s. Take them out.") % {"names": "、".join(names[:MOST])})
    if personal_numbers(text):
        found.append(_("It holds an identity, telephone or bank card number. Take it out."))
    if numbers := CASE_NUMBER.findall(text):
        found.append(_("It names numbers of cases or papers: %(numbers)s.") % {"numbers": "、".join(numbers[:MOST])})
    if SMALL_COUNT.search(text):
        found.append(_("It tells a count of one or two. Say it without the number."))
    return found


def names_in(text: str) -> list[str]:
    """Names of natural persons in the register that the text holds."""
    people = Party.objects.filter(kind=Party.Kind.PERSON).order_by().values_list("name", flat=True).distinct()
    return [name for name in people.iterator(chunk_size=2_000) if len(name) > 1 and name in text]


__all__ = ["secrets_in"]
