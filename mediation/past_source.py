"""From a published mediation's known facts to the data of `mediation.record_past_case`.

The file names nobody: parties get the words of the source with the file's mark. A sum that only the court arrived at is
not entered as what was agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mediation.terms import (
    ADMINISTRATIVE,
    JOINT,
    JUDICIAL,
    AgreementForm,
    DisputeSubType,
    DisputeType,
    Ending,
    Performance,
    Source,
)

_TYPES: tuple[tuple[str, str], ...] = (
    ("邻里", DisputeType.NEIGHBOURS),
    ("家庭", DisputeType.FAMILY),
    ("农民工工资", DisputeSubType.MIGRANT_WAGES),
    ("劳动报酬", DisputeType.LABOUR),
    ("草场", DisputeType.LAND),
    ("死亡", DisputeType.DAMAGE),
    ("猝死", DisputeType.DAMAGE),
    ("损害", DisputeType.DAMAGE),
)
_SOURCES: tuple[tuple[str, str], ...] = (
    ("主动", Source.OWN_MOTION),
    ("申请执行", ""),
    ("起诉", ""),
    ("申请", Source.APPLICATION),
    ("求助", Source.APPLICATION),
)
KINDS = {"administrative": ADMINISTRATIVE, "judicial": JUDICIAL, "joint": JOINT}
"""What is no people's mediation, or not only, is marked; a committee's own has no mark."""
_ORGANISATIONS = ("公司", "工厂", "企业", "行政村", "项目", "用工方")
_ORDINALS = "甲乙"
_COUNTED = re.compile(r"(\D+?)(\d+)户?$")
_HAPPENED_ON = re.compile(r"\d{2}-\d{2}\(年份未示\)|\d{4}-\d{2}(-\d{2})?")
_NOTES = ("event_date", "result", "performance", "due_date", "offer_yuan", "fund_yuan", "published", "notes")
_LABELS = {
    "event_date": "发生时间", "result": "结果", "performance": "履行", "due_date": "约定履行期限",
    "offer_yuan": "一方愿付（元）", "fund_yuan": "待分款项（元）", "published": "公开时间", "notes": "说明",
}  # fmt: skip


def past_case_data(source: Mapping[str, Any]) -> dict[str, Any]:
    """What `record_past_case` is told; what the source leaves null is left out."""
    tag, people = source["id"], _people(source)
    is_agreed = _is_agreed(source)
    claim = source["claim_yuan"]
    return {
        "number": f"（编号未见）{tag}",
        "title": f"{people[0]['name']}等{source['dispute_type']}纠纷"[:200],
        "people": people,
        "number_of_people": _number_of_people(source, len(people)),
        "source": _first(_SOURCES, source["origin"] or ""),
        "dispute_type": _first(_TYPES, source["dispute_type"]),
        "place": source["place"] or "",
        "summary": source["dispute_type"],
        "claims": f"要求支付{claim}元" if claim is not None else "",
        "amount_yuan": source["amount_yuan"] if is_agreed and source["amount_yuan"] is not None else "",
        "amount_is_approximate": "on" if source.get("amount_approx") else "",
        "committee_as_written": f"{source['place'] or ''}{source['body_kind']}"[:120],
        "tags": KINDS.get(source["mediation_kind"], ""),
        "outcome": _outcome(source),
        "agreement_form": AgreementForm.WRITTEN if _is_written(source) else "",
        "performance": Performance.PERFORMED if is_agreed and _is_performed(source) else "",
        "source_note": _note(source),
        "happened": list(_happened(source)),
    }


def _first(table: Sequence[tuple[str, str]], text: str) -> str:
    return next((value for word, value in table if word in text), "")


def _people(source: Mapping[str, Any]) -> list[dict[str, str]]:
    """The first side applies, the second answers, others are third parties; two alike are 甲 and 乙."""
    words = [part.strip() for part in re.split(r"[/;；]", source["parties"])]
    if len(words) == 1 and (match := _COUNTED.match(words[0])):
        words = [f"{match[1]}{ordinal}" for ordinal in _ORDINALS]
    roles = ["applicant", "respondent", *["third_party"] * len(words)]
    return [
        {
            "name": f"{word}（{source['id']}）",
            "kind": "organisation" if any(mark in word for mark in _ORGANISATIONS) else "person",
            "role": role,
            "is_another": "on",
            "identity_kind": "NONE",
            "identity_note": "来源未载",
        }
        for word, role in zip(words, roles, strict=False)
    ]


def _number_of_people(source: Mapping[str, Any], entered: int) -> int | str:
    """Where the source counts heads: a group of 141 is 141 people, not one row."""
    counts = [
        int(match[2]) for part in re.split(r"[/;；]", source["parties"]) if (match := _COUNTED.match(part.strip()))
    ]
    told = sum(counts)
    return told if told > entered else ""


def _is_agreed(source: Mapping[str, Any]) -> bool:
    """Whether the parties agreed before a mediator; what only the court mediated is no result of the committee."""
    return source["mediation_kind"] != "judicial" and source["result"] is not None


def _is_written(source: Mapping[str, Any]) -> bool:
    told = f"{source['result'] or ''}{source['notes'] or ''}"
    return _is_agreed(source) and ("书面" in told or "签协议" in told)


def _is_performed(source: Mapping[str, Any]) -> bool:
    return bool(source["performed_date"]) or (source["performance"] or "").startswith("已")


def _outcome(source: Mapping[str, Any]) -> str:
    if _is_agreed(source):
        return Ending.AGREED
    return Ending.FAILED if "失败" in (source["result"] or "") else ""


def _happened(source: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    yield {"kind": "registered", "on": ""}
    if source["applied"]:
        yield {"kind": "application_received", "on": str(source["applied"])}
    sessions = source["sessions"]
    for told in sessions if isinstance(sessions, list) else []:
        dated = _HAPPENED_ON.fullmatch(told)
        yield {"kind": "session_held", "on": told if dated else "", "as_written": "" if dated else told}
    outcome = _outcome(source)
    if outcome == Ending.AGREED:
        yield {"kind": "agreed", "on": str(source["agreement_date"] or "")}
    elif outcome == Ending.FAILED:
        yield {"kind": "failed", "on": ""}
    if outcome == Ending.AGREED and _is_performed(source):
        yield {"kind": "performed", "on": str(source["performed_date"] or "")}
    if source["return_visit"]:
        yield {"kind": "visited", "on": str(source["return_visit"])}


def _note(source: Mapping[str, Any]) -> str:
    """What has no field of its own, in the source's words."""
    return "\n".join(f"{_LABELS[name]}：{source[name]}" for name in _NOTES if source.get(name) is not None)
