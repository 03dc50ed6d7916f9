"""The suit as its papers speak of it: read once, said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Data
from casemgr.documents.rendering import chinese_date
from casemgr.parties.models import Party
from litigation.models import Appearance, CourtSession, Instance, LitigationFacts, Ruling
from litigation.terms import Level, Outcome, PaperKind, RulingMatter

Role = Participation.Role
GAP = "　　　　　　"
"""What nobody has entered yet: a draft shows the gap, and `requires` names it before the paper goes on."""
SEX_WORDS = {"M": "男", "F": "女"}
LEVEL_WORDS: dict[str, str] = {
    Level.FIRST: "一审",
    Level.SECOND: "二审",
    Level.RETRIAL_REVIEW: "申请再审审查",
    Level.RETRIAL: "再审",
    Level.REVIEW: "非诉执行审查",
    Level.EXECUTION: "执行",
    Level.RESUMED: "恢复执行",
}
OUTCOME_WORDS: dict[str, str] = {
    Outcome.CLAIM_REJECTED: "驳回诉讼请求",
    Outcome.ANNULLED: "撤销行政行为",
    Outcome.ANNULLED_REDO: "撤销行政行为并责令重新作出",
    Outcome.PARTLY_ANNULLED: "部分撤销行政行为",
    Outcome.DUTY: "责令履行法定职责",
    Outcome.PAYMENT: "判令履行给付义务",
    Outcome.CONFIRMED_ILLEGAL: "确认违法",
    Outcome.CONFIRMED_VOID: "确认无效",
    Outcome.CHANGED: "变更行政行为",
    Outcome.AGREEMENT: "判令履行行政协议或者赔偿、补偿",
    Outcome.DISMISSED: "驳回起诉",
    Outcome.NOT_FILED: "不予立案",
    Outcome.WITHDRAWN: "准许撤诉（原告主动撤诉）",
    Outcome.WITHDRAWN_CHANGED: "准许撤诉（行政行为已改变）",
    Outcome.MEDIATED: "调解结案",
    Outcome.ENDED: "终结诉讼",
    Outcome.TRANSFERRED: "移送其他法院",
    Outcome.UPHELD: "驳回上诉，维持原判",
    Outcome.REVERSED: "改判",
    Outcome.REMANDED: "撤销原判，发回重审",
    Outcome.ENFORCEMENT_ALLOWED: "准予强制执行",
    Outcome.ENFORCEMENT_REFUSED: "不准予强制执行",
}
KIND_WORDS: dict[str, str] = {
    PaperKind.JUDGMENT: "行政判决书",
    PaperKind.RULING: "行政裁定书",
    PaperKind.MEDIATION: "行政调解书",
}
_PAPER_NAME = re.compile(r"(书|决定|通知|意见|答复|证|函|批复|公告)$")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]{1,3}[）)、])\s*")


class SuitFile:
    """Parties, instances, entries and facts of one suit."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def facts(self) -> LitigationFacts:
        return self.case.litigation_facts

    @cached_property
    def instances(self) -> list[Instance]:
        return list(self.case.instances.prefetch_related("standings__participation__party").order_by("order"))

    @cached_property
    def instance(self) -> Instance | None:
        """The one in which the next thing happens."""
        order = self.facts.running_order
        return next((one for one in self.instances if one.order == order), None)

    @cached_property
    def parts(self) -> list[Participation]:
        """Those who still take part."""
        return list(self.case.participations.filter(left_on__isnull=True).select_related("party__unit"))

    def of_role(self, role: str) -> list[Participation]:
        return [part for part in self.parts if part.role == role]

    @property
    def plaintiffs(self) -> list[Participation]:
        return self.of_role(Role.APPLICANT)

    @property
    def defendants(self) -> list[Participation]:
        return self.of_role(Role.RESPONDENT)

    @property
    def third_parties(self) -> list[Participation]:
        return self.of_role(Role.THIRD_PARTY)

    @property
    def agencies(self) -> list[Participation]:
        """The agencies of the suit, the responsible one first: it answers."""
        found = [part for part in self.parts if part.party.kind == Party.Kind.AGENCY]
        order = {Role.RESPONDENT: 0, Role.THIRD_PARTY: 1}
        return sorted(
            (part for part in found if part.role in order),
            key=lambda part: (part.party_id != self.facts.responsible_id, order[part.role], part.order),
        )

    def agency(self, data: Data) -> Participation | None:
        """Whose paper it is: the one chosen, else the one that answers."""
        chosen = data.get("agency")
        return next((part for part in self.agencies if part.pk == chosen), None) or next(iter(self.agencies), None)

    @cached_property
    def events(self) -> list[events.Fact]:
        return events.facts_of(self.case)

    def day(self, *kinds: str, party: int | None = None) -> date | None:
        """Of the last such entry of the running instance; of the whole file where nothing belongs to it."""
        path = self.instance.subject if self.instance else ""
        found = [fact for fact in self.events if fact.kind in kinds and (party is None or fact.party_id == party)]
        here = [fact for fact in found if fact.subject == path or fact.subject.startswith(f"{path}/")]
        last = events.last_of(here or found, *kinds)
        return last.occurred_on if last else None

    # courts and papers

    @property
    def court(self) -> str:
        return self.instance.court if self.instance else ""

    @property
    def number(self) -> str:
        return self.instance.court_number if self.instance else ""

    @property
    def level(self) -> str:
        return LEVEL_WORDS.get(self.instance.level, "") if self.instance else ""

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Court papers, the latest last."""
        found = Ruling.objects.filter(in_instance__case_id=self.case.pk).select_related("in_instance")
        return list(found.order_by("in_instance__order", "order"))

    @property
    def ruling(self) -> Ruling | None:
        """The latest one that ends an instance, and stands."""
        return next((one for one in reversed(self.rulings) if one.outcome and not one.is_replaced), None)

    @cached_property
    def sessions(self) -> list[CourtSession]:
        found = CourtSession.objects.filter(in_instance__case_id=self.case.pk).select_related("in_instance")
        return list(found.order_by("in_instance__order", "number"))

    @property
    def session(self) -> CourtSession | None:
        """The next one planned in the running instance, else its latest."""
        here = [one for one in self.sessions if self.instance is not None and one.in_instance_id == self.instance.pk]
        return next((one for one in here if one.is_open), None) or next(iter(reversed(here)), None)

    def appearance(self, session: CourtSession | None, part: Participation | None) -> Appearance | None:
        if session is None or part is None:
            return None
        return Appearance.objects.filter(session=session, standing__participation=part).first()

    # wording

    @property
    def act_name(self) -> str:
        """《行政处罚决定书》（达公行罚决字〔2026〕88号）, or what the register calls the act."""
        act = self.case.act
        if act is None:
            return "行政行为"
        title = act.title or "行政行为"
        if _PAPER_NAME.search(title) and "《" not in title:
            title = f"《{title}》"
        return f"{title}（{act.number}）" if act.number else title

    @property
    def sides(self) -> str:
        """原告张三、第三人李四诉被告达拉特旗公安局: as a court introduces the case."""
        third = f"、第三人{names(self.third_parties)}" if self.third_parties else ""
        return f"原告{names(self.plaintiffs) or GAP}诉被告{names(self.defendants) or GAP}{third}"

    @property
    def cause(self) -> str:
        told = self.facts.cause or (self.case.act.title if self.case.act else "")
        return told or "行政争议"

    @property
    def suit(self) -> str:
        """原告……诉被告……行政处罚一案，案号（2026）内0621行初12号."""
        number = f"（案号：{self.number}）" if self.number else ""
        return f"{self.sides}{self.cause}一案{number}"


def names(parts: Iterable[Participation]) -> str:
    return "、".join(part.name for part in parts)


def party_line(part: Participation, word: str) -> str:
    """答辩人：达拉特旗公安局，住所地……. A person's number never stands in it."""
    party = part.party
    pieces = [part.name]
    if party.kind == Party.Kind.PERSON:
        pieces += [SEX_WORDS.get(party.sex, ""), party.ethnicity, f"住{party.address}" if party.address else ""]
    else:
        pieces.append(f"住所地{party.address}" if party.address else "")
    return f"{word}：{'，'.join(piece for piece in pieces if piece)}。"


def head_line(part: Participation) -> str:
    """法定代表人：李建国，局长。"""
    party = part.party
    return f"法定代表人：{'，'.join(filter(None, (party.legal_representative or GAP, party.representative_post)))}。"


def paper_of(ruling: Ruling | None) -> str:
    """达拉特旗人民法院于2026年9月1日作出的（2026）内0621行初12号行政判决书."""
    if ruling is None:
        return "人民法院裁判文书"
    number = ruling.number or ruling.in_instance.court_number
    return f"{ruling.in_instance.court}于{chinese_date(ruling.made_on)}作出的{number}{KIND_WORDS[ruling.kind]}"


def result_of(ruling: Ruling | None) -> str:
    if ruling is None:
        return GAP
    if ruling.kind == PaperKind.RULING and ruling.matter == RulingMatter.JURISDICTION:
        return "就管辖异议作出裁定"
    return OUTCOME_WORDS.get(ruling.outcome, GAP)


def moment(at: datetime | None) -> str:
    """2026年6月20日9时30分."""
    if at is None:
        return GAP
    local = timezone.localtime(at)
    return f"{chinese_date(local.date())}{local.hour}时{f'{local.minute:02d}分' if local.minute else ''}"


def lines(data: Data, name: str) -> list[str]:
    """Typed lines without their own numbering."""
    typed = str(data.get(name) or "").splitlines()
    return [cleaned for line in typed if (cleaned := _NUMBERING.sub("", line.strip()))]


def day_of(data: Data, name: str) -> date | None:
    """A day kept as ISO text in a paper's data."""
    value = data.get(name)
    return date.fromisoformat(value) if value else None


def closed(text: str, mark: str = "。") -> str:
    """The text with exactly one closing mark."""
    return text.rstrip("。；;，, ") + mark


def said(data: Data, name: str) -> tuple[str, ...]:
    """What was typed, a sentence a line; a gap where nothing was."""
    return tuple(closed(line) for line in lines(data, name)) or (GAP,)


def asked(data: Data, name: str) -> tuple[str, ...]:
    """请求人民法院……, whether or not people typed these words again."""
    opening = "请求人民法院"
    return tuple(opening + line.removeprefix(opening).removeprefix("请求") for line in said(data, name))


def numbered(items: list[str]) -> tuple[str, ...]:
    """Items 1. 2. 3., closed with ； and at last 。"""
    last = len(items)
    return tuple(f"{n}. {closed(item, '。' if n == last else '；')}" for n, item in enumerate(items, 1))


def role_word(file: SuitFile, part: Participation | None) -> str:
    """被告, 第三人: what the agency is in the first instance."""
    if part is not None and part.role == Role.THIRD_PARTY:
        return "第三人"
    return "被告"


def file_of(case: Any) -> SuitFile:
    """The suit, read once per object of the case."""
    if "_suitfile" not in case.__dict__:
        case._suitfile = SuitFile(case)
    return case._suitfile
