"""Articles in words: `20(1)` of a rule's law, or `行诉解释34；行政强制法53` for several texts."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casemgr.pages.articles import named
from casemgr.timelimits.rules import Rule

TEXTS: dict[str, str | Promise] = {
    "实施条例": _("Implementing Regulation"),
    "行政诉讼法": _("Administrative Litigation Law"),
    "行诉解释": _("Interpretation of the Administrative Litigation Law"),
    "民事诉讼法": _("Civil Procedure Law"),
    "行政强制法": _("Administrative Compulsion Law"),
    "国家赔偿法": _("State Compensation Law"),
    "政府信息公开条例": _("Regulation on Government Information"),
    "政府信息公开司法解释": _("Interpretation on suits about government information"),
    "负责人出庭应诉规定": _("Provisions on the appearance of heads of agencies"),
    "综合治理类司法建议规定": _("Provisions on judicial suggestions for comprehensive governance"),
    "检察公益诉讼解释": _("Interpretation on procuratorial public interest suits"),
    "检察建议工作规定": _("Rules on procuratorial suggestions"),
    "人民调解法": _("People's Mediation Law"),
    "特邀调解规定": _("Provisions on invited mediation"),
    "在线调解规则": _("Rules on online mediation"),
    "劳动争议调解仲裁法": _("Labour Dispute Mediation and Arbitration Law"),
    "医疗纠纷预防和处理条例": _("Regulation on medical disputes"),
    "道路交通事故处理程序规定": _("Provisions on the handling of traffic accidents"),
    "地方规定": _("local rules"),
    "宁波市人民调解条例": _("Ningbo Regulation on people's mediation"),
    "本系统约定": _("agreed in this system; no text fixes it"),
}
_PART = re.compile(r"(?P<text>[^\d()（）；、]*)(?P<article>\d+)(?P<paragraph>(?:\(\d+\))?)(?P<item>[①-⑳]?)")


def cite(rule: Rule) -> str:
    """行政复议法（2023）第20条第1款; Administrative Reconsideration Law (2023), art. 20(1)."""
    chinese = (get_language() or "zh-hans").startswith("zh")
    source = rule.law or rule.regulation
    title = str(source.name) if source is not None and rule.citation[:1].isdigit() else ""
    regulation = str(rule.regulation.name) if rule.regulation is not None else ""
    parts = [_text(part, title, regulation, chinese) for part in rule.citation.split("；")]
    return ("；" if chinese else "; ").join(parts)


def _text(part: str, title: str, regulation: str, chinese: bool) -> str:
    """One text with its articles; the first article names the text, those after 、 do not repeat it."""
    found = list(_PART.finditer(part))
    if not found or "（" in part:
        return part if chinese else _translated(part)
    name = found[0]["text"].strip()
    if name == "实施条例" and regulation:
        name = regulation
    else:
        name = (name if chinese else str(TEXTS.get(name, name))) or title
    articles = [_article(match, chinese) for match in found]
    if chinese:
        return name + "、".join(articles)
    listed = f"{gettext('art.')} {', '.join(articles)}"
    return f"{name}, {listed}" if name else listed


def _article(match: re.Match[str], chinese: bool) -> str:
    item = f"{ord(match['item']) - ord('①') + 1}" if match["item"] else ""
    if not chinese:
        return match["article"] + match["paragraph"] + (f"({item})" if item else "")
    return named([(match["article"], match["paragraph"].strip("()"), item)])


def _translated(part: str) -> str:
    text = re.sub(r"[\u4e00-\u9fff]+", lambda match: str(TEXTS.get(match[0], match[0])), part)
    return text.replace("（", " (").replace("）", ")")
