"""Names as they are. Pure: needs neither Django nor a database.

What was entered is stored; only invisible signs, outer blanks and variants of the name dot are mended. No Unicode
normal form is applied to a stored name: even NFC rewrites some ideographs. Comparison uses the derived `name_key`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NAME_DOT = "·"  # U+00B7, notice 民委发〔2016〕33号
DOT_VARIANTS = "•・‧∙⋅･"
AMBIGUOUS_DOTS = ".．"
"""Full stops: a name dot only where no Latin letter or digit stands beside them."""
INVISIBLE = frozenset("\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff") | frozenset(
    chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
)
JOINERS = frozenset("\u200c\u200d")  # Mongolian and Uyghur script need them
_COMPOUND_SURNAMES = (
    "欧阳司马上官诸葛东方皇甫尉迟公孙慕容司徒令狐夏侯长孙宇文端木轩辕"
    "百里呼延东郭南宫独孤闻人澹台申屠太史濮阳淳于单于公冶宗政拓跋钟离"
    "鲜于闾丘亓官司空司寇子车颛孙巫马公西漆雕乐正壤驷公良夹谷宰父谷梁"
    "段干东门西门南门羊舌微生梁丘左丘第五万俟赫连完颜耶律纳兰叶赫"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES[i : i + 2] for i in range(0, len(_COMPOUND_SURNAMES), 2))
SURNAME_READINGS = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao", "翟": "zhai",
    "盖": "ge",
    "乐": "yue", "种": "chong", "秘": "bi", "缪": "miao", "员": "yun", "任": "ren", "折": "she", "召": "shao",
    "覃": "qin",
    "尉迟": "yu chi", "长孙": "zhang sun", "万俟": "mo qi", "单于": "chan yu", "澹台": "tan tai",
}  # fmt: skip
NOT_A_SURNAME = ("查干", "查斯", "查娜", "曾格", "召那")
"""Mongolian names that begin with a character which, as a Chinese surname, is read otherwise."""
# GB 18030-2005 and -2022 gave these private-use characters code points of their own; old files still hold the former.
OLD_PRIVATE_USE = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip


_HAN = re.compile(r"[\u4e00-\u9fff0-9]+")
"""Han characters and digits: a name of these has one spelling only, in any Unicode normal form."""


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """`han`, `latin`, another letter's own script word, or empty for what is no letter."""
    if not char.isalpha():
        return ""
    name = unicodedata.name(char, "")
    if name.startswith("CJK") or "\ue000" <= char <= "\uf8ff":
        return "han"
    return name.split(" ", 1)[0].lower()


def _is_word_sign(char: str) -> bool:
    return bool(char) and (char.isdigit() or _script(char) not in {"", "han"})


def stored_name(text: str) -> str:
    """The name as it is kept: dots as U+00B7, no invisible signs, no outer blanks, no inner ones among Han."""
    if not text or _HAN.fullmatch(text):
        return text
    scripts = {_script(c) for c in text} - {""}
    keep_joiners = bool(scripts & {"mongolian", "arabic"})
    chars = [c for c in text if c not in INVISIBLE and (keep_joiners or c not in JOINERS)]
    chars = [" " if (c.isspace() and c != "\u202f") or unicodedata.category(c) == "Cc" else c for c in chars]
    if scripts <= {"han"}:
        chars = [c for c in chars if not c.isspace()]
    mended = "".join(chars).strip()
    result = []
    for i, char in enumerate(mended):
        before, after = mended[i - 1 : i], mended[i + 1 : i + 2]
        is_dot = char in AMBIGUOUS_DOTS and not (_is_word_sign(before) or _is_word_sign(after))
        result.append(NAME_DOT if char in DOT_VARIANTS or is_dot else char)
    return "".join(result)


def name_key(text: str) -> str:
    """What two spellings of one name share: no dots, no blanks, one width, one case. For comparison only."""
    if _HAN.fullmatch(text):
        return text
    key = unicodedata.normalize("NFKC", stored_name(text).translate(OLD_PRIVATE_USE)).casefold()
    return "".join(c for c in key if c != NAME_DOT and not c.isspace() and c not in JOINERS)


_REGION = r"(?:[\u4e00-\u9fff]{2,8}?(?:自治区|特别行政区|省|盟|市|自治州|自治县|县|旗|区))"
_LEGAL_FORM = (
    r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|分公司|公司|\(普通合伙\)|\(有限合伙\)|专业合作社|合作社)"
)


def organisation_core(text: str) -> str:
    """The distinctive part of an organisation's name, to find the same one under another form; never shown."""
    key = name_key(text)
    core = re.sub(rf"(?:{_LEGAL_FORM})+$", "", key)
    shorter = re.sub(rf"^{_REGION}+", "", core)
    return shorter if len(shorter) >= 2 else core


def surname_length(name: str) -> int:
    """How many characters a mask leaves: two of a compound surname followed by more, else one."""
    return 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1


def list_mask(name: str) -> str:
    """张* , 欧阳** , 阿***** : a search hit or duplicate outside one's scope."""
    name = stored_name(name)
    kept = surname_length(name)
    return name[:kept] + "*" * (len(name) - kept)


def public_mask(name: str) -> str:
    """张某, 欧阳某, 阿某; a name in another script keeps its first letter: B***."""
    name = stored_name(name)
    if not name:
        return ""
    return f"{name[: surname_length(name)]}某" if _script(name[0]) in {"han", ""} else f"{name[0]}***"


def public_masks(names: list[str]) -> list[str]:
    """Public masks of the persons of one case: those that would coincide are numbered, 张某1, 张某2."""
    masks = [public_mask(name) for name in names]
    counts: dict[str, int] = {}
    result = []
    for mask in masks:
        counts[mask] = counts.get(mask, 0) + 1
        result.append(f"{mask}{counts[mask]}" if masks.count(mask) > 1 else mask)
    return result


def grams(text: str) -> set[str]:
    """Every character and every pair of neighbours of the name's key."""
    key = name_key(text)
    return set(key) | {key[i : i + 2] for i in range(len(key) - 1)}


def query_grams(text: str) -> list[str]:
    """The fewest grams a name must have to contain `text`: itself up to two characters, else all its pairs."""
    key = name_key(text)
    if len(key) <= 2:
        return [key] if key else []
    return list(dict.fromkeys(key[i : i + 2] for i in range(len(key) - 1)))


@lru_cache(maxsize=4096)
def _syllables(name: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    key = name_key(name)
    for length in (2, 1):
        head = key[:length]
        if len(key) > 1 and head in SURNAME_READINGS and not key.startswith(NOT_A_SURNAME):
            syllables = [*SURNAME_READINGS[head].split(), *lazy_pinyin(key[length:], errors=list)]  # type: ignore[arg-type]
            break
    else:
        syllables = lazy_pinyin(key, errors=list)  # type: ignore[arg-type]
    ascii_only = (re.sub(r"[^a-z0-9]", "", s.lower()) for s in syllables)
    return tuple(s for s in ascii_only if s)


def full_pinyin(name: str) -> str:
    """zhangjianguo; characters without a known reading are left out."""
    return "".join(_syllables(name))


def pinyin_initials(name: str) -> str:
    """zjg."""
    return "".join(s[0] for s in _syllables(name))
