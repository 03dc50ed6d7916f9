"""A dispute in which everything happened that a paper of mediation may be about."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from casemgr.cases import events
from casemgr.cases.models import Group, Participation, Referral
from casemgr.parties.models import Party
from mediation.models import (
    Agreement,
    Attendee,
    CaseMediator,
    Inquiry,
    MediationCase,
    Obligation,
    Payment,
    Risk,
    RiskReport,
    Session,
    Visit,
)
from tests.support.mediation import dispute, mediator

REGISTERED, AGREED, TODAY = date(2026, 11, 2), date(2026, 11, 20), date(2026, 11, 29)
NUMBER, PHONE = "150699198503120017", "13800000017"
SECRET = "李四私下表示最多可以付五千元"
ZONE = ZoneInfo("Asia/Shanghai")
Role = Participation.Role


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def in_state(case: Any, state: str, **values: Any) -> Any:
    """As a row loaded from the database would stand: tests take no transition."""
    case.__dict__.update({"state": state, **values})
    case.save()
    return fresh(case)


def fresh(case: Any) -> MediationCase:
    return MediationCase.objects.get(pk=case.pk)


def part(case: Any, role: str) -> Participation:
    return case.participations.filter(role=role).first()


def joined(case: Any, name: str, role: str, order: int = 1, **values: Any) -> Participation:
    party = Party.objects.create(**{"kind": Party.Kind.PERSON, "name": name, **values})
    return Participation.objects.create(case_id=case.pk, party=party, role=role, name=name, order=order)


def settled_dispute(handler: Any = None) -> MediationCase:
    """Between two neighbours, agreed in writing with two instalments; nothing is signed yet."""
    handler = handler or mediator()
    case = dispute(
        REGISTERED,
        REGISTERED,
        handler=handler,
        summary="2026年10月28日，李四翻建院墙时占用了王宝音宅基地约0.4米，双方发生争执。",
        claims="李四拆除占用部分的院墙\n李四赔偿损失8,000元",
        amount_yuan=Decimal("8000"),
    )
    first = part(case, Role.APPLICANT).party
    first.set_number("RID", NUMBER, TODAY)
    first.set_phone(PHONE)
    first.ethnicity, first.address = "蒙古族", "达拉特旗树林召镇新民村三社"
    first.save()
    CaseMediator.objects.create(case=case, name="刘根喜", user=handler, role="lead", joined_on=REGISTERED)
    CaseMediator.objects.create(case=case, name="乌日娜", role="recorder", joined_on=REGISTERED)
    session(case)
    agreement = Agreement.objects.create(
        case=case,
        round=1,
        number=f"{case.number}-1",
        form="written",
        made_on=AGREED,
        facts="李四翻建的院墙占用王宝音宅基地约0.4米，双方对占用的事实没有争议，对赔偿数额有争议。",
        responsibility="李四未经协商占用他人宅基地，承担主要责任。",
        content="李四拆除占用部分的院墙，按原界址重建",
        breach="逾期支付的，每逾期一日按未付金额的万分之三支付违约金。",
    )
    for number, (amount, due) in enumerate(((3000, date(2026, 12, 15)), ("1200.50", date(2027, 1, 15))), 1):
        Obligation.objects.create(
            agreement=agreement,
            debtor=part(case, Role.RESPONDENT),
            creditor=part(case, Role.APPLICANT),
            kind="pay",
            subject="赔偿款",
            amount_yuan=Decimal(amount),
            instalment=number,
            due_on=due,
        )
    for kind, day in (("accepted", REGISTERED), ("agreed", AGREED)):
        events.record(case, kind, day)
    return in_state(case, "AGREED_W", outcome="agreed")


def session(case: Any, **values: Any) -> Session:
    """Late in the evening, over midnight, with an invited helper."""
    given = {
        "round": 1,
        "number": 1,
        "starts_at": at(AGREED, 21, 30),
        "ends_at": at(date(2026, 11, 21), 0, 40),
        "place": "新民村村委会",
        "statements": "王宝音：院墙占了我家的地方。\n李四：当时没有量准，愿意改。",
        "proposals": "李四拆除院墙并适当赔偿。",
        "confidential": SECRET,
        "result": "agreed",
    }
    made = Session.objects.create(case=case, **{**given, **values})
    for role in (Role.APPLICANT, Role.RESPONDENT):
        one = part(case, role)
        Attendee.objects.create(session=made, participation=one, name=one.name, capacity="party")
    Attendee.objects.create(session=made, name="巴图", capacity="invited", organ="新民村村民委员会")
    return made


def full_dispute(handler: Any = None) -> MediationCase:
    """The same with an organisation, an agent, a group, an inquiry, performance, a visit, a risk and a referral."""
    case = settled_dispute(handler)
    firm = joined(
        case,
        "达拉特旗宏远建筑有限公司",
        Role.THIRD_PARTY,
        kind=Party.Kind.ORGANISATION,
        legal_representative="张建设",
        representative_post="总经理",
        address="达拉特旗树林召镇西园路8号",
    )
    agreement = Agreement.objects.get(case=case)
    agreement.copies = 4
    agreement.save()
    Obligation.objects.create(
        agreement=agreement, debtor=firm, kind="do", subject="在2026年12月31日前派人重建院墙", instalment=1
    )
    joined(case, "赵律", Role.AGENT)
    Participation.objects.filter(case=case, name="赵律").update(represents=firm)
    group = Group.objects.create(case=case, side="applicant", elected_on=REGISTERED, paper="推选书")
    Participation.objects.filter(case=case, role=Role.APPLICANT).update(group=group)
    elected = joined(case, "王宝力", Role.REPRESENTATIVE)
    Participation.objects.filter(pk=elected.pk).update(group=group)
    Inquiry.objects.create(
        case=case,
        held_at=at(date(2026, 11, 5), 9, 30),
        place="李四家中",
        interviewee="李四",
        asker="刘根喜",
        recorder="乌日娜",
        text="问：院墙是什么时候建的？\n答：今年10月。",
    )
    owed = Obligation.objects.get(agreement__case=case, kind="pay", instalment=1)
    Payment.objects.create(obligation=owed, on=date(2026, 11, 25), amount_yuan=Decimal("3000"), proof="转账凭证")
    Agreement.objects.create(
        case=case, round=2, number=f"{case.number}-2", form="oral", made_on=AGREED, content="李四向王宝音赔礼道歉"
    )
    Visit.objects.create(
        case=case,
        visited_on=date(2026, 11, 27),
        visited_time=time(15),
        interviewee="王宝音",
        reason="首期付款到期前回访",
        performance="首期赔偿款已付清，院墙已拆除。",
        satisfaction="satisfied",
        visitor="刘根喜",
    )
    risk = Risk.objects.create(
        case=case, kind="to_crime", people=4, noticed_at=at(date(2026, 11, 3), 20), measures="分别劝解，请网格员留意。"
    )
    RiskReport.objects.create(
        risk=risk,
        to_whom="树林召镇派出所",
        channel="电话",
        reported_at=at(date(2026, 11, 3), 20, 10),
        content="双方家属聚集，扬言动手。",
    )
    Referral.objects.create(
        direction="in",
        dock="court",
        kind="delegate",
        procedure="mediation",
        unit=case.unit,
        opened_case=case,
        organ="达拉特旗人民法院",
        officer="高法官",
        organ_number="（2026）内0621诉前调18号",
        papers=["起诉状副本", "身份证复印件"],
        received_on=REGISTERED,
        confidential=SECRET,
    )
    facts = case.mediation_facts
    facts.source, facts.sub_source, facts.court_track = "referred", "court_delegated", "delegated"
    facts.court = "达拉特旗人民法院"
    facts.save()
    return fresh(case)
