"""The demo's screening: a campaign of four towns with its patrols, what became of the leads, and the returns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import Unit
from mediation.campaigns import figures
from mediation.demo.places import AREA, body, town
from mediation.models import Campaign, CampaignReturn, Lead, Patrol

TAKING_PART = (AREA, "150621104", "150621200", "150621002")
BEGAN, GOES_ON = 40, 35
"""Days before and after today."""
NAME = "岁末年初矛盾纠纷大排查"


def set_up(office: Mapping[str, Any], today: date) -> None:
    """The bureau's campaign; the towns owe a return every week."""
    began = today - timedelta(days=BEGAN)
    entries = {
        "name": NAME, "document_number": f"达司发〔{began.year}〕31号", "from_on": began,
        "until_on": today + timedelta(days=GOES_ON), "cadence": "week", "due_days": 2,
        "tasks": "逐村逐户排查欠薪、土地流转、邻里和婚姻家庭纠纷；能当场化解的当场化解，重大的当日上报。",
        "units": [town(code).pk for code in TAKING_PART],
    }  # fmt: skip
    perform("campaign.set_up", None, entries, office["guidance"], began)


def campaign() -> Campaign | None:
    return Campaign.objects.filter(name=NAME).first()


def patrol(office: Mapping[str, Any], unit: Unit, place: str, on: date, note: str, households: int = 12) -> Patrol:
    """One round of the mediator's, part of the campaign."""
    entries = {
        "unit": unit.pk, "campaign": campaign(), "on": on, "place": place, "people": "刘根喜、村网格员",
        "starts": "08:40", "ends": "11:30", "households": households, "note": note,
    }  # fmt: skip
    return perform("patrol.record", None, entries, office["mediator"], on)


def lead(office: Mapping[str, Any], found: Patrol, summary: str, **told: Any) -> Lead:
    """What a round brought to light."""
    entries = {
        "unit": found.unit_id, "campaign": found.campaign_id, "patrol": found.pk, "found_on": found.on,
        "source": "campaign", "found_by": "刘根喜", "place": found.place, "summary": summary, "people": 2,
        "urgency": "ordinary", **told,
    }  # fmt: skip
    return perform("lead.record", None, entries, office["mediator"], found.on)


def go_round(office: Mapping[str, Any], today: date) -> None:
    """Rounds with and without a find, every end a lead can have, and a key dispute with its ledger."""
    village, other = (body("village", f"树林召镇{name}") for name in ("新和村", "东海子村"))
    mediator = office["mediator"]

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    first = patrol(office, village, "新和村二社", ago(38), "走访沿渠住户，两户为浇地先后吵了几句。", 18)
    water = lead(
        office, first, "两户为浇地先后争吵，当场说开，约定按渠口顺序轮流浇。", dispute_type="02", names="高二小、乔世明"
    )
    settled = {"on": ago(38), "outcome": "当场说开，无需调解。", "nothing_to_mediate": "on"}
    perform("lead.settle_on_spot", water, settled, mediator, ago(38))
    second = patrol(office, other, "东海子村", ago(37), "三户反映林地补偿款迟迟未到账。", 25)
    owed = lead(office, second, "三户反映退耕还林补助两年未到账。", dispute_type="07", people=3)
    handed = {"on": ago(36), "handed_to": "达拉特旗林业和草原局", "outcome": "请核对补助发放名册并答复农户。"}
    perform("lead.hand_over", owed, handed, mediator, ago(36))
    rumour = lead(office, second, "听说某户兄弟分家不和，上门核实。", dispute_type="01")
    perform("lead.drop", rumour, {"on": ago(35), "outcome": "上门核实，兄弟已自行分清，无纠纷。"}, mediator, ago(35))
    for days, place in ((24, "新和村三社"), (17, "新和村一社")):
        patrol(office, village, place, ago(days), "未发现纠纷。")
    last = patrol(office, other, "东海子村砖厂", ago(3), "砖厂工人反映停产前两个月工资没结。", 6)
    wages = lead(
        office, last, "砖厂停产，十一名工人两个月工资未结，有人提出要到旗里上访。", dispute_type="1001",
        people=11, urgency="urgent", names="砖厂工人代表苗二小",
    )  # fmt: skip
    _key_dispute(office, wages, today)


def _key_dispute(office: Mapping[str, Any], wages: Lead, today: date) -> None:
    on = today - timedelta(days=2)
    entries = {
        "title": "东海子村砖厂欠薪", "why_key": "人数多，临近年关，有人提出集体上访。", "responsible": "张建平",
        "post": "树林召司法所所长", "due_on": today + timedelta(days=20), "lead": wages.pk,
        "campaign": wages.campaign_id, "unit": town(AREA).pk,
    }  # fmt: skip
    dispute = perform("key_dispute.enter", None, entries, office["town"], on)
    said = {"on": on + timedelta(days=1), "text": "约见砖厂负责人，答应卖砖款到账先付工资，下周一再碰头。"}
    perform("key_dispute.add_progress", dispute, said, office["town"], on + timedelta(days=1))


def hand_in(office: Mapping[str, Any], today: date) -> None:
    """The weeks that are over but the last, a week without a find as a zero report."""
    over = CampaignReturn.objects.filter(campaign=campaign(), unit=town(AREA), until_on__lt=today).order_by("from_on")
    for owed in list(over)[:-1]:
        nothing = not figures.sums(owed.unit, owed.from_on, owed.until_on, owed.campaign).found
        said = {"is_zero": "on" if nothing else "", "note": ""}
        perform("campaign.hand_in", owed, said, office["town"], owed.until_on + timedelta(days=1))
