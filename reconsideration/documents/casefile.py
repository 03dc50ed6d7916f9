"""The case as its papers speak of it: read once, said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases import events
from casemgr.cases.matters import Matter
from casemgr.cases.models import Case, Mandate, Participation
from casemgr.documents.references import IDENTITY_WORDS, ROLE_WORDS, number_reference
from casemgr.documents.rendering import chinese_date
from casemgr.parties.models import Party
from reconsideration.models import ReconsiderationFacts
from reconsideration.terms import ApplicationMethod, Track

Role = Participation.Role
PUBLISHED = CalendarStatus.PUBLISHED
SEX_WORDS = {"M": "男", "F": "女"}
METHOD_WORDS: dict[str, str] = {
    ApplicationMethod.IN_PERSON: "当面提交",
    ApplicationMethod.POST: "邮寄",
    ApplicationMethod.ONLINE: "互联网渠道提交",
    ApplicationMethod.ORAL: "口头申请",
    ApplicationMethod.VIA_AGENCY: "通过作出行政行为的机关提交",
}
CHANNEL_WORDS = {"in_person": "当面", "phone": "通过电话", "internet": "通过互联网"}
TRACK_WORDS: dict[str, str] = {Track.ORDINARY: "普通程序", Track.SIMPLIFIED: "简易程序"}
_PAPER_NAME = re.compile(r"(书|决定|通知|意见|答复|证|函|批复|公告)$")


class CaseFile:
    """Participants, facts and events of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def facts(self) -> ReconsiderationFacts:
        return self.case.facts

    @cached_property
    def parts(self) -> list[Participation]:
        """Those who still take part."""
        known = getattr(self.case, "_prefetched_objects_cache", {})
        rows = self.case.participations.all()
        return [
            part for part in (rows if "participations" in known else rows.select_related("party")) if not part.left_on
        ]

    @cached_property
    def agents_by_power(self) -> dict[int, set[int]]:
        """By participant, the agents whose power has not ended: one agent may act for several."""
        found: dict[int, set[int]] = {}
        powers = Mandate.objects.filter(principal__case_id=self.case.pk, ended_on__isnull=True)
        for principal, agent in powers.values_list("principal_id", "agent_id"):
            found.setdefault(principal, set()).add(agent)
        return found

    @cached_property
    def events(self) -> list[events.Fact]:
        return events.facts_of(self.case)

    def of_role(self, *roles: str) -> list[Participation]:
        return [part for part in self.parts if part.role in roles]

    @property
    def applicants(self) -> list[Participation]:
        return self.of_role(Role.APPLICANT)

    @property
    def respondents(self) -> list[Participation]:
        return self.of_role(Role.RESPONDENT)

    @property
    def third_parties(self) -> list[Participation]:
        return self.of_role(Role.THIRD_PARTY)

    def day(self, *kinds: str) -> date | None:
        fact = events.last_of(self.events, *kinds)
        return fact.occurred_on if fact else None

    def on_day(self, kind: str) -> str:
        """“于2026年9月3日” of the last event of the kind; empty when there is none, or its day is unknown."""
        day = self.day(kind)
        return f"于{chinese_date(day)}" if day else ""

    def facts_of_kind(self, *kinds: str) -> list[events.Fact]:
        return [fact for fact in self.events if fact.kind in kinds]

    @property
    def received_on(self) -> date | None:
        return self.day("received")

    @property
    def accepted_on(self) -> date | None:
        return self.day("accepted")

    @property
    def is_deemed_accepted(self) -> bool:
        fact = events.last_of(self.events, "accepted")
        return bool(fact and fact.data.get("deemed"))

    @property
    def is_simplified(self) -> bool:
        return self.facts.procedure == Track.SIMPLIFIED

    @property
    def track(self) -> str:
        return TRACK_WORDS[self.facts.procedure]

    def due(self, *rules: str) -> date | None:
        """The latest due day of the rules' deadlines; no paper names a day that leans on an estimated calendar."""
        rows = [row for row in self.case.deadlines.all() if row.rule in rules and row.calendar_status == PUBLISHED]
        return max((row.due_on for row in rows if row.due_on), default=None)

    # wording

    @property
    def is_omission(self) -> bool:
        return self.facts.matter == Matter.OMISSION

    @property
    def applicant_names(self) -> str:
        return names(self.applicants)

    @property
    def respondent_names(self) -> str:
        return names(self.respondents)

    @property
    def application(self) -> str:
        """What is sent to the respondent: a copy of the application, or of the record of an oral one (art. 48)."""
        oral = self.facts.application_method == ApplicationMethod.ORAL
        return "行政复议申请笔录复印件" if oral else "行政复议申请书副本"

    def act_name(self) -> str:
        """《行政处罚决定书》（达公行罚决字〔2026〕88号）, or what the register calls the act."""
        act = self.case.act
        if act is None:
            return "行政行为"
        title = act.title or "行政行为"
        if _PAPER_NAME.search(title) and "《" not in title:
            title = f"《{title}》"
        return f"{title}（{act.number}）" if act.number else title

    def act(self, respondent: str = "被申请人") -> str:
        """The attacked act with its maker and day, as object of 不服 or 撤销."""
        act = self.case.act
        if self.is_omission:
            title = act.title if act and act.title else "法定职责"
            return f"{respondent}不履行{title.removeprefix('不履行').removeprefix('未履行')}的行为"
        day = f"于{chinese_date(act.acted_on)}" if act and act.acted_on else ""
        return f"{respondent}{day}作出的{self.act_name()}"

    def complaint(self, respondent: str = "被申请人") -> str:
        """不服……, or 认为……: how the application is introduced."""
        return (
            f"认为{self.act(respondent).removesuffix('的行为')}" if self.is_omission else f"不服{self.act(respondent)}"
        )

    def you(self, parts: Iterable[Participation]) -> str:
        """How a paper addresses its recipients."""
        kinds = {part.party.kind for part in parts}
        count = len(list(parts))
        if kinds == {Party.Kind.PERSON}:
            return "你" if count == 1 else "你们"
        return "你单位" if Party.Kind.PERSON not in kinds else "你（单位）"


def names(parts: Iterable[Participation]) -> str:
    return "、".join(part.name for part in parts)


def party_line(part: Participation, *, with_number: bool = False) -> str:
    """One line of the parties block: name, sex, address; a number only as a reference, resolved when printed."""
    party = part.party
    pieces = [part.name]
    if party.kind == Party.Kind.PERSON:
        pieces += [SEX_WORDS.get(party.sex, ""), f"{party.ethnicity}" if party.ethnicity else ""]
        if party.birth_on:
            pieces.append(f"{party.birth_on.year}年{party.birth_on.month}月{party.birth_on.day}日出生")
        pieces.append(f"住{party.address}" if party.address else "")
    else:
        pieces.append(f"住所地{party.address}" if party.address else "")
    if with_number and party.identity_kind in IDENTITY_WORDS and party.masked_number:
        pieces.append(IDENTITY_WORDS[party.identity_kind] + number_reference(part))
    return f"{ROLE_WORDS[part.role]}：{'，'.join(piece for piece in pieces if piece)}。"


def parties_block(file: CaseFile, *, with_number: bool = False) -> tuple[str, ...]:
    """Every participant on a line, representatives and agents after those they act for."""
    lines: list[str] = []
    for role in (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY):
        for part in file.of_role(role):
            lines.append(party_line(part, with_number=with_number and role != Role.RESPONDENT))
            lines += _people_of(file, part)
    loose = [
        part for part in file.of_role(Role.REPRESENTATIVE, Role.AGENT, Role.STATUTORY_AGENT) if not part.represents_id
    ]
    return (*lines, *(f"{ROLE_WORDS[part.role]}：{part.name}。" for part in loose))


def _people_of(file: CaseFile, part: Participation) -> list[str]:
    lines = []
    party = part.party
    if party.kind != Party.Kind.PERSON and party.legal_representative:
        word = "负责人" if party.kind == Party.Kind.AGENCY else "法定代表人"
        post = f"，{party.representative_post}" if party.representative_post else ""
        lines.append(f"{word}：{party.legal_representative}{post}。")
    for other in file.parts:
        if other.represents_id == part.pk or other.pk in file.agents_by_power.get(part.pk, ()):
            lines.append(f"{ROLE_WORDS[other.role]}：{other.name}。")
    return lines


def day(data: Mapping[str, Any], name: str) -> date | None:
    """A day kept as ISO text in a paper's data."""
    value = data.get(name)
    return date.fromisoformat(value) if value else None


def lines(data: Mapping[str, Any], name: str) -> list[str]:
    """Typed lines without their own numbering."""
    typed = str(data.get(name) or "").splitlines()
    return [cleaned for line in typed if (cleaned := _NUMBERING.sub("", line.strip()))]


_NUMBERING = re.compile(r"^(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*")
_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """一 … 十九: enough for the items of a decision and of an article."""
    return _NUMERALS[number - 1] if number <= 10 else f"十{_NUMERALS[number - 11]}"


def closed(text: str, mark: str = "。") -> str:
    """The text with exactly one closing mark."""
    return text.rstrip("。；;，, ") + mark


def without_opening(typed: list[str], *openings: str) -> list[str]:
    """Lines without the words the form prints before them (“申请人请求：”), which people tend to type again."""
    found = [line.strip() for line in typed if line.strip()]
    for opening in openings:
        if found and found[0].startswith(opening):
            found[0] = found[0].removeprefix(opening).lstrip("：:，, ") or found[0]
            break
    return found


def numbered(items: list[str], marker) -> tuple[str, ...]:
    """Items with their markers, closed with ； and at last 。"""
    last = len(items) - 1
    return tuple(f"{marker(n)}{closed(item, '。' if n - 1 == last else '；')}" for n, item in enumerate(items, 1))
