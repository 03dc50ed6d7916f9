"""From a published case's known facts to the data of `record_past_case`.

The file names nobody: parties get neutral placeholders, agencies the words of the source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casemgr.cases.matters import Matter
from casemgr.parties.models import Party
from reconsideration.terms import Outcome

Kind = Party.AgencyKind
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"
_GROUP = re.compile(r"(\D+?)(至少)?(\d+)(?:\((.*)\))?$")
_MATTERS: tuple[tuple[str, Matter], ...] = (
    ("工伤", Matter.WORK_INJURY),
    ("信息公开", Matter.DISCLOSURE),
    ("不作为", Matter.OMISSION),
    ("举报", Matter.COMPLAINT_HANDLING),
    ("处罚", Matter.PENALTY),
    ("权属", Matter.RIGHT_DETERMINATION),
)
_AREAS: tuple[tuple[str, str], ...] = (
    ("人力资源", "劳动社保"),
    ("公安", "公安"),
    ("市场监督", "市场监管"),
    ("住房和城乡建设", "城乡建设"),
    ("国土", "土地"),
    ("规划土地", "土地"),
)
_AGENCY_KINDS: tuple[tuple[str, str], ...] = (
    ("镇人民政府", Kind.TOWN_GOVERNMENT),
    ("街道办事处", Kind.DISPATCHED_ORGAN),
    ("县人民政府", Kind.OTHER),
    ("县级市人民政府", Kind.OTHER),
    ("区分局", Kind.CITY_BRANCH),
    ("分局", Kind.CITY_BRANCH),
    ("支队", Kind.OTHER),
)


def matter_of(source: Mapping[str, Any]) -> str:
    """The kind of matter that the words of the act name; empty when they name none."""
    return _first(_MATTERS, source["act_kind"] or "", "")


def past_case_data(source: Mapping[str, Any]) -> dict[str, Any]:
    """What `record_past_case` is told; fields the source leaves null are left out."""
    tag, act = source["id"], source["act_kind"] or ""
    people, notes = _people(source, tag)
    return {
        "number": source["number"] or f"（文号未见）{tag}",
        "people": people,
        "respondents": [
            {"name": f"{source['respondent_kind']}（{tag}）", "agency_kind": _agency_kind(source["respondent_kind"])}
        ],
        "act_title": act,
        "acted_on": source["act_date"] or "",
        "known_on": source["known_or_served"] or "",
        "matter": _first(_MATTERS, act, Matter.OTHER if act else ""),
        "area": _first(_AREAS, source["respondent_kind"], ""),
        "amount_yuan": source["amount_yuan"] if source["amount_yuan"] is not None else "",
        "application_method": "online" if source["channel"] == "网络平台" else "",
        "sent_on": source["application_sent"] or "",
        "track": {"简易": "simplified", "普通": "ordinary"}.get(source["procedure"], ""),
        "outcome": _outcome(source["outcome"]),
        "law_version": source["law"],
        "source_note": _source_note(source, notes),
        "happened": _happened(source),
    }


def _first(table: Sequence[tuple[str, str]], text: str, otherwise: str) -> str:
    return next((value for word, value in table if word in text), otherwise)


def _agency_kind(text: str) -> str:
    return _first(_AGENCY_KINDS, text, Kind.DEPARTMENT)


def _outcome(text: str | None) -> str:
    words = (
        ("不予受理", Outcome.NOT_ACCEPTED),
        ("驳回行政复议申请", Outcome.APPLICATION_DISMISSED),
        ("撤销", Outcome.ANNULLED),
    )
    return _first(words, text or "", "")


def _people(source: Mapping[str, Any], tag: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Placeholders for applicants and third parties, and what the source says of them beyond their number."""
    people: list[dict[str, Any]] = []
    notes = []
    for role, label, text in (
        ("applicant", "申请人", source["applicants"]),
        ("third_party", "第三人", source["third_parties"]),
    ):
        if not text:
            continue
        match = _GROUP.fullmatch(text)
        if match is None:
            raise ValueError(f"{tag}: {text}")
        if match[2] or match[4]:
            notes.append(f"{label}：{text}")
        kind = _party_kind(match[1])
        for index in range(int(match[3])):
            row = {"role": role, "kind": kind, "name": f"{label}{_ordinal(index)}（{tag}）"}
            if kind == "agency":
                row["agency_kind"] = _agency_kind(match[1] + (match[4] or ""))
            else:
                row |= {"identity_kind": "NONE", "identity_note": "公开文书未载证件"}
            people.append(row)
    return people, notes


def _party_kind(words: str) -> str:
    if words in ("自然人", "死者近亲属"):
        return "person"
    return "agency" if words == "机关" or words.endswith("政府") else "organisation"


def _ordinal(index: int) -> str:
    return _ORDINALS[index] if index < len(_ORDINALS) else str(index + 1)


def _source_note(source: Mapping[str, Any], notes: Sequence[str]) -> str:
    lines = [f"{source['id']}，{source['organ']}，{source['kind']}（{source['source_kind']}）"]
    lines += notes
    if source["outcome"]:
        lines.append(f"结果：{source['outcome']}")
    if source["articles_cited"]:
        lines.append(f"引用条文：{source['articles_cited']}")
    if source["respondent_reply_in_time"] is not None:
        lines.append("被申请人按期答复" if source["respondent_reply_in_time"] else "被申请人未按期答复")
    if source["notes"]:
        lines.append(source["notes"])
    return "\n".join(lines)


def _happened(source: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the source shows to have happened. A paper of its kind proves the step even where its day is not seen."""
    stated = source["application_stated"]
    rows: list[dict[str, Any]] = [
        {
            "kind": "received",
            "on": source["application_received"] or "",
            "as_written": f"申请日{stated}" if stated else "",
        }
    ]

    def add(kind: str, on: str | None, **more: Any) -> None:
        rows.append({"kind": kind, "on": on or "", **more})

    if source["correction_happened"]:
        add("correction_notice_issued", source["correction_notice"])
        add("corrected", source["correction_received"])
    if source["accepted"]:
        add("accepted", source["accepted"])
    if source["respondent_reply"] or source["respondent_reply_in_time"]:
        add("reply_received", source["respondent_reply"])
    elif source["respondent_reply_in_time"] is False:
        add("reply_missing", None)
    if source["hearing_held"]:
        add("hearing_held", source["hearing_date"])
    if source["suspended"]:
        add("suspended", source["suspended"])
    if source["resumed"]:
        add("resumed", source["resumed"])
    if source["extension_days"]:
        add("extended", source["extension_decided"], days=source["extension_days"])
    add(closing_kind(source["kind"]), source["decision_date"])
    if source["published"]:
        add("published_elsewhere", source["published"])
    return rows


def closing_kind(paper: str) -> str:
    """The step that a paper of this kind proves."""
    if "不予受理" in paper:
        return "refused"
    return "dismissed" if "驳回" in paper else "decided"
