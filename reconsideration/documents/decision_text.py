"""The text of a decision, part by part, as art. 75 and the ministry's form ask for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from casemgr.documents.kinds import Data, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import outcomes, remedies, wording
from reconsideration.documents.casefile import (
    CHANNEL_WORDS,
    TRACK_WORDS,
    CaseFile,
    closed,
    day,
    lines,
    names,
    numbered,
    numeral,
    parties_block,
    without_opening,
)
from reconsideration.terms import Outcome, Track


def compose_parts(file: CaseFile, data: Data, on: date) -> tuple[Part, ...]:
    """Every part of a decision of that day in its order; what is not known yet stays empty."""
    return (
        Part("parties", parties_block(file, with_number=True)),
        Part("application", _application(file)),
        Part("reasons", _reasons(file)),
        Part("reply", _reply(file, data)),
        Part("third-party", _third_party(file, data)),
        Part("opinions", _opinions(file)),
        Part("facts", _facts(file, data)),
        Part("reasoning", _reasoning(file, data)),
        Part("result", _result(file, data)),
        Part("remedy", (_remedy(file, data, on),)),
    )


def _application(file: CaseFile) -> tuple[str, ...]:
    accepted = chinese_date(file.accepted_on)
    how = "该申请审查期限届满，自该日起视为受理" if file.is_deemed_accepted else "依法予以受理"
    received = f"本机关于{chinese_date(file.received_on)}收到申请，{accepted}{how}，适用{_track_at_first(file)}审理。"
    return (f"申请人{file.complaint()}，向本机关申请行政复议，{received}{_course(file)}{wording.DECISION_TRIED.say()}",)


def _track_at_first(file: CaseFile) -> str:
    return TRACK_WORDS[Track.SIMPLIFIED] if file.facts_of_kind("converted_to_ordinary") else file.track


def _course(file: CaseFile) -> str:
    """What moved the decision period, in its order: conversion, extension, suspension and resumption."""
    head = "行政复议机关" if file.case.law_version == "2017" else "行政复议机构"
    told = {
        "converted_to_ordinary": "{day}，经行政复议机构负责人批准，本案转为普通程序审理。",
        "extended": "因情况复杂，经" + head + "负责人批准，延长行政复议期限{days}日。",
        "suspended": "{day}，本机关依法中止本案的审理。",
        "resumed": "{day}，恢复本案的审理。",
    }
    return "".join(
        told[fact.kind].format(day=chinese_date(fact.occurred_on), days=fact.data.get("days"))
        for fact in file.facts_of_kind(*told)
    )


def _reasons(file: CaseFile) -> tuple[str, ...]:
    requests = [closed(line) for line in without_opening(file.facts.requests.splitlines(), "申请人请求", "请求")]
    reasons = [closed(line) for line in without_opening(file.facts.reasons.splitlines(), "申请人称")]
    first = f"申请人请求：{requests[0]}" if requests else "申请人请求："
    told = (f"申请人称：{reasons[0]}", *reasons[1:]) if reasons else ()
    return (first, *requests[1:], *told)


def _reply(file: CaseFile, data: Data) -> tuple[str, ...]:
    """The reply, or what article 70 says of its absence."""
    said = [closed(line) for line in without_opening(lines(data, "reply_summary"), "被申请人称", "被申请人答复称")]
    missing = file.facts_of_kind("reply_missing")
    result = []
    if said:
        result = [f"被申请人称：{said[0]}", *said[1:]]
    if missing or file.facts.reply_is_missing:
        late = "逾期提出书面答复" if said else "未提出书面答复、提交作出行政行为的证据、依据和其他有关材料"
        article = "第五十四条" if file.is_simplified else "第四十八条"
        result.append(
            f"被申请人在《中华人民共和国行政复议法》{article}规定的期限内{late}。根据《中华人民共和国行政复议法》第七十条的规定，"
            "视为该行政行为没有证据、依据，但是行政行为涉及第三人合法权益，第三人提供证据的除外。"
        )
    return tuple(result)


def _third_party(file: CaseFile, data: Data) -> tuple[str, ...]:
    if not file.third_parties:
        return ()
    said = [closed(line) for line in without_opening(lines(data, "third_party_statement"), "第三人称")]
    result = [f"第三人称：{said[0]}", *said[1:]] if said else [wording.DECISION_SILENT_THIRD.say()]
    if evidence := data.get("third_party_evidence"):
        result.append(f"第三人提供了下列证据：{closed(evidence)}")
    return tuple(result)


def _opinions(file: CaseFile) -> tuple[str, ...]:
    """How opinions were heard, the hearing, and the result of an annexed review (art. 49, 59, 61(2))."""
    by_party = {part.party_id: part for part in file.parts}
    heard, not_heard = [], []
    for fact in file.facts_of_kind("opinion_heard"):
        part = by_party.get(fact.party_id)
        who = _who(file, part) if part else "当事人"
        if (channel := CHANNEL_WORDS.get(fact.data.get("channel"))) is None:
            not_heard.append(who)
        else:
            heard.append(f"于{chinese_date(fact.occurred_on)}{channel}听取了{who}的意见")
    for fact in file.facts_of_kind("third_party_away"):
        part = by_party.get(fact.party_id)
        if part and not any(one.party_id == fact.party_id for one in file.facts_of_kind("opinion_heard")):
            not_heard.append(_who(file, part))
    sentences = []
    if heard:
        sentences.append(wording.DECISION_HEARD.say({"听取情况": "，".join(heard)}))
    if not_heard:
        sentences.append(wording.DECISION_NOT_HEARD.say({"当事人": "、".join(not_heard)}))
    for fact in file.facts_of_kind("hearing_held"):
        sentences.append(
            f"本机关于{chinese_date(fact.occurred_on)}依法举行听证，并根据听证笔录、审查认定的事实和证据作出本决定。"
        )
    for fact in file.facts_of_kind("directly_decidable"):
        sentences.append(
            f"本机关就同一行政行为或者同样行政行为作出的行政复议决定（案号：{fact.data['number']}）"
            "已经发生法律效力，根据《中华人民共和国行政复议法实施条例》第六十五条的规定，直接作出本决定。"
        )
    told = [
        f"对有关规范性文件或者依据的审查结果，根据《中华人民共和国行政复议法》第五十九条的规定一并告知：{closed(fact.data['content'])}"
        for fact in file.facts_of_kind("annex_concluded")
        if fact.data.get("content")
    ]
    told += [_of_clauses(fact) for fact in file.facts_of_kind("annex_concluded") if fact.data.get("clauses")]
    return (*(("".join(sentences),) if sentences else ()), *told)


CLAUSE_WORDS = {
    "beyond_power": "超越制定机关的法定职权或者超越法律、法规、规章的授权范围",
    "higher_law": "与上位法的规定相抵触",
    "without_basis": "没有法律、法规、规章依据，违法增加公民、法人和其他组织义务或者减损其合法权益",
    "otherwise": "违反法律、法规、规章规定",
}
"""Items of art. 54 of the regulation of 2026."""


def _of_clauses(fact) -> str:
    """Each reviewed clause with its result; what this authority found unlawful is stopped (art. 59)."""
    told = []
    for line in fact.data["clauses"]:
        name = f"{line['document']}{line['clauses']}"
        if line["result"] not in CLAUSE_WORDS:
            told.append(f"{name}合法")
        elif fact.data.get("is_competent"):
            stopped = f"本机关决定停止该条款的执行，并责令{line['maker']}予以纠正"
            told.append(f"{name}{CLAUSE_WORDS[line['result']]}，{stopped}")
        else:
            told.append(f"{name}经有权机关处理，认为{CLAUSE_WORDS[line['result']]}")
    return "；".join(told) + "。"


def _who(file: CaseFile, part) -> str:
    same_role = file.of_role(part.role)
    word = {"applicant": "申请人", "respondent": "被申请人", "third_party": "第三人"}.get(part.role, "当事人")
    return word if len(same_role) == 1 else f"{word}{part.name}"


def _facts(file: CaseFile, data: Data) -> tuple[str, ...]:
    found = [closed(line) for line in lines(data, "facts_found")]
    if not found:
        return ()
    evidence = lines(data, "evidence")
    proof = (wording.DECISION_EVIDENCE.say(), *numbered(evidence, lambda n: f"{n}. ")) if evidence else ()
    return (wording.DECISION_FACTS.say({"事实": found[0]}), *found[1:], *proof)


def _reasoning(file: CaseFile, data: Data) -> tuple[str, ...]:
    reasoning = [closed(line) for line in lines(data, "reasoning")]
    if not reasoning:
        return ()
    return (wording.DECISION_REASONING.say({"理由": reasoning[0]}), *reasoning[1:])


def _result(file: CaseFile, data: Data) -> tuple[str, ...]:
    outcome = data.get("outcome")
    if not outcome:
        return ()
    codes = list(data.get("grounds", []))
    finding = outcomes.findings(outcome, codes)
    act = "被申请人" if finding.startswith("被申请人") else ("该行为" if file.is_omission else "该行政行为")
    if finding.startswith("行政行为"):
        act = "该"
    said = f"{act}{finding.removeprefix('被申请人') if act == '被申请人' else finding}。" if finding else ""
    items = result_lines(file, data)
    opening = wording.DECISION_RESULT.say({"结论": said, "依据": outcomes.basis(outcome, codes)})
    if len(items) == 1:
        return (opening, closed(items[0]))
    return (opening, *numbered(items, lambda n: f"{numeral(n)}、"))


def result_lines(file: CaseFile, data: Data) -> list[str]:
    """The result as typed, or as the outcome words it; empty when only a person can word it."""
    if typed := lines(data, "result"):
        return typed
    outcome = data.get("outcome")
    act = file.act(f"被申请人{file.respondent_names}")
    worded: dict[str, list[str]] = {
        Outcome.UPHELD: [f"维持{act}"],
        Outcome.ANNULLED: [f"撤销{act}", *_redo(data)],
        Outcome.CONFIRMED_ILLEGAL: [f"确认{act}违法"],
        Outcome.CONFIRMED_VOID: [f"确认{act}无效"],
        Outcome.PERFORMANCE_ORDERED: _perform(file, data),
        Outcome.REQUEST_REJECTED: ["驳回申请人的行政复议请求"],
        Outcome.COMPENSATION: _compensate(file, data),
    }
    return worded.get(outcome or "", [])


def _redo(data: Data) -> list[str]:
    """Art. 64(1); without a term those of law, else 60 days (Regulation 2026, art. 58)."""
    if not data.get("redo_is_ordered"):
        return []
    days = data.get("redo_term_days")
    within = f"自收到本决定书之日起{days}日内" if days else "在法律、法规、规章规定的期限内"
    return [f"责令被申请人{within}重新作出行政行为"]


def _perform(file: CaseFile, data: Data) -> list[str]:
    duty, due = data.get("performance_duty"), day(data, "performance_due_on")
    return (
        [f"责令被申请人{file.respondent_names}于{chinese_date(due)}前（含当日）履行下列法定职责：{duty}"]
        if duty and due
        else []
    )


def _compensate(file: CaseFile, data: Data) -> list[str]:
    amount = data.get("compensation_yuan")
    if not amount:
        return []
    return [f"由被申请人{file.respondent_names}赔偿申请人{names(file.applicants)}人民币{Decimal(str(amount)):,.2f}元"]


def _remedy(file: CaseFile, data: Data, on: date) -> str:
    who = "申请人、第三人" if file.third_parties else "申请人"
    court = data.get("court") or remedies.court_for(data.get("outcome", ""), data.get("grounds", []), on)
    return "本决定书一经送达，即发生法律效力。" + remedies.after_decision(who, court)
