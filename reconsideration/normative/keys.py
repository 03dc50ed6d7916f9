"""In which spelling titles and numbers of documents are compared, and which of them a text names."""

from __future__ import annotations

import re
import unicodedata

from casemgr.cases.same_act import act_number

_QUOTED = re.compile(r"《([^《》]{2,200})》")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}\s*[（(\[【〔［]\s*\d{4}\s*[）)\]】〕］]\s*(?:第\s*)?\d{1,5}\s*号")
_NUMBER_TAIL = re.compile(r"〔\d{4}〕.*")


def title_key(title: str) -> str:
    """Without quotation marks, blanks and what stands in brackets behind it (试行, the year)."""
    plain = unicodedata.normalize("NFKC", "".join(title.split())).strip("《》")
    return re.sub(r"\((?:试行|暂行|修订|修正|\d{4}年?[^()]*)\)$", "", plain)


def number_key(number: str) -> str:
    return act_number(number).replace("第", "")


def named_in(text: str) -> tuple[set[str], set[str]]:
    """Keys of the numbers and titles that a text names.

    A number is taken with each way its organ's short name may begin: nothing separates it from the words before it.
    """
    titles = {title_key(found) for found in _QUOTED.findall(text)}
    numbers: set[str] = set()
    for found in _NUMBER.findall(text):
        key = number_key(found)
        tail = _NUMBER_TAIL.search(key)
        organ = key[: tail.start()] if tail else key
        numbers |= {key[start:] for start in range(len(organ))}
    return numbers, titles


__all__ = ["named_in", "number_key", "title_key"]
