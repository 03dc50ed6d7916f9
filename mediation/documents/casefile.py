"""The dispute as its papers speak of it: read once, said in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import cached_property

from django.utils import timezone

from casemgr.cases import events
from casemgr.cases.models import Case, Mandate, Participation, Referral
from casemgr.documents.rendering import chinese_date
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from mediation.documents.words import SUB_TYPE_WORDS, TYPE_WORDS
from mediation.models import Agreement, CaseMediator, Inquiry, MediationFacts, Risk, Session, Visit
from mediation.terms import AgreementForm, Source

Role = Participation.Role
SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
SIDE_WORDS = {Role.APPLICANT: "申请人", Role.RESPONDENT: "被申请人", Role.THIRD_PARTY: "第三人"}
SEX_WORDS = {"M": "男", "F": "女"}


class CaseFile:
    """Participants, mediators and rows of one case."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @property
    def facts(self) -> MediationFacts:
        return self.case.mediation_facts

    @property
    def committee(self) -> Unit:
        return self.facts.committee

    @cached_property
    def everybody(self) -> list[Participation]:
        """Those who still take part."""
        known = getattr(self.case, "_prefetched_objects_cache", {})
        rows = self.case.participations.all()
        rows = rows if "participations" in known else rows.select_related("party")
        return [part for part in rows if not part.left_on]

    def of_role(self, *roles: str) -> list[Participation]:
        return [part for part in self.everybody if part.role in roles]

    @property
    def parties(self) -> list[Participation]:
        """Both sides, and third parties."""
        return [part for role in SIDES for part in self.of_role(role)]

    @cached_property
    def mandates(self) -> list[Mandate]:
        """Powers that have not ended."""
        rows = Mandate.objects.filter(principal__case_id=self.case.pk, ended_on__isnull=True)
        return list(rows.select_related("agent", "principal"))

    def agents_of(self, part: Participation) -> list[Participation]:
        """Who acts for the party, guardians first."""
        mine = {mandate.agent_id for mandate in self.mandates if mandate.principal_id == part.pk}
        roles = (Role.STATUTORY_AGENT, Role.AGENT, Role.REPRESENTATIVE)
        return [one for role in roles for one in self.of_role(role) if one.pk in mine or one.represents_id == part.pk]

    @cached_property
    def mediators(self) -> list[CaseMediator]:
        return list(self.case.mediators.filter(left_on__isnull=True).order_by("id"))

    @property
    def lead(self) -> str:
        """The lead mediator's name; before anybody was named, the handler's."""
        named = [one.name for one in self.mediators if one.role == CaseMediator.Role.LEAD]
        return named[0] if named else self.case.lead_handler.full_name if self.case.lead_handler else ""

    @property
    def mediator_names(self) -> str:
        """All who mediate, the lead first; who only writes is none of them."""
        others = [one.name for one in self.mediators if one.role == CaseMediator.Role.CO]
        return "、".join(filter(None, (self.lead, *others)))

    @property
    def recorder(self) -> str:
        return next((one.name for one in self.mediators if one.role == CaseMediator.Role.RECORDER), "")

    @cached_property
    def sessions(self) -> list[Session]:
        return list(
            self.case.mediation_sessions.prefetch_related("attendees__participation").order_by("round", "number")
        )

    @cached_property
    def inquiries(self) -> list[Inquiry]:
        return list(self.case.inquiries.order_by("held_at", "id"))

    @cached_property
    def agreements(self) -> list[Agreement]:
        rows = self.case.agreements.prefetch_related(
            "signatures", "obligations__debtor", "obligations__creditor", "obligations__payments", "confirmations"
        )
        return list(rows.order_by("round", "id"))

    @property
    def agreement(self) -> Agreement | None:
        """That of the latest round."""
        return self.agreements[-1] if self.agreements else None

    def agreements_in(self, form: AgreementForm) -> list[Agreement]:
        return [one for one in self.agreements if one.form == form]

    @cached_property
    def visits(self) -> list[Visit]:
        return list(self.case.visits.order_by("visited_on", "id"))

    @cached_property
    def risks(self) -> list[Risk]:
        return list(self.case.risks.prefetch_related("reports"))

    @cached_property
    def referral(self) -> Referral | None:
        """By which the dispute came to the committee."""
        return self.case.referrals_received.order_by("id").first()

    @cached_property
    def events(self) -> list[events.Fact]:
        return events.facts_of(self.case)

    def fact(self, *kinds: str) -> events.Fact | None:
        return events.last_of(self.events, *kinds)

    def day(self, *kinds: str) -> date | None:
        fact = self.fact(*kinds)
        return fact.occurred_on if fact else None

    # wording

    def side(self, part: Participation) -> str:
        """申请人 and 被申请人 exist where somebody applied; else all are 当事人."""
        return "当事人" if self.facts.source == Source.OWN_MOTION else SIDE_WORDS.get(part.role, "参加人")

    @property
    def both_sides(self) -> str:
        """申请人王宝音与被申请人李四"""
        groups = [self.of_role(role) for role in SIDES]
        said = [f"{self.side(group[0])}{names(group)}" for group in groups if group]
        return "与".join(said[:2]) + "".join(f"、{more}" for more in said[2:])

    @property
    def dispute(self) -> str:
        """邻里纠纷"""
        facts = self.facts
        kind = SUB_TYPE_WORDS.get(facts.sub_type) or TYPE_WORDS.get(facts.dispute_type, "民间")
        return kind if kind.endswith("纠纷") else f"{kind}纠纷"


def file_of(case: Case) -> CaseFile:
    """The same for the same case object: a page asks for it once per kind of paper."""
    known = case.__dict__
    if "_mediation_file" not in known:
        known["_mediation_file"] = CaseFile(case)
    return known["_mediation_file"]


def names(parts: Iterable[Participation]) -> str:
    return "、".join(part.name for part in parts)


def age_of(part: Participation, on: date) -> str:
    age = part.party.age_on(on) if part.party.kind == Party.Kind.PERSON else None
    return f"{age}岁" if age is not None else ""


def is_person(part: Participation) -> bool:
    return part.party.kind == Party.Kind.PERSON


def head_word(part: Participation) -> str:
    """What the person at the head of an organisation is called."""
    return "负责人" if part.party.kind == Party.Kind.AGENCY else "法定代表人"


def moment(at: datetime | None) -> str:
    """2026年11月29日9时30分"""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return chinese_date(local.date()) + hour(local.time())


def hour(at: time) -> str:
    """9时30分"""
    return f"{at.hour}时" + (f"{at.minute}分" if at.minute else "")


def span(begins: datetime, ends: datetime | None) -> str:
    """From when until when; the day once, if it is one."""
    if ends is None:
        return f"{moment(begins)}起"
    last = moment(ends)
    if timezone.localtime(begins).date() == timezone.localtime(ends).date():
        last = last.partition("日")[2]
    return f"{moment(begins)}至{last}"


def lines(text: object) -> tuple[str, ...]:
    """Typed paragraphs without empty ones."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def closed(text: str, mark: str = "。") -> str:
    """The text with exactly one closing mark."""
    return text.strip().rstrip("。；;，, ") + mark
