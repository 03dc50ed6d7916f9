"""Settlement in a suit, and the analysis of a lost one."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from casemgr.actions.errors import GuardRefused
from litigation.models import Obligation, SuitSettlement
from tests.litigation.test_enforcement import executed, step
from tests.litigation.test_performance import lost, owe
from tests.support.litigation import Suit, agency_id

pytestmark = pytest.mark.django_db
OFFER = {"negotiators": "白志刚", "mandate": "局长办公会2026-06-15授权，不超过五千元", "offer": "撤销处罚，返还罚款"}


def test_a_settlement_from_mandate_to_performance():
    suit = Suit(date(2026, 6, 5))
    suit.on(date(2026, 6, 16)).act("begin_settlement", on=date(2026, 6, 16), **OFFER)
    with pytest.raises(GuardRefused):
        suit.act("begin_settlement", on=date(2026, 6, 16), **OFFER)
    suit.act("change_act", party=agency_id(), on=date(2026, 6, 16), text="撤销处罚决定")
    suit.on(date(2026, 6, 18)).act("end_settlement", on=date(2026, 6, 18), result="agreed", terms="返还罚款3000元")
    row = SuitSettlement.objects.get()
    assert (row.result, row.ended_on) == ("agreed", date(2026, 6, 18))
    suit.judge(date(2026, 6, 20), kind="ruling", matter="withdrawn", outcome="withdrawn_changed")
    owe(suit, amount_yuan="3000.00", due_on=date(2026, 7, 10))
    assert suit.state == "TO_PERFORM"
    suit.on(date(2026, 7, 2)).act("record_performance", obligation=Obligation.objects.get().pk, on=date(2026, 7, 2),
                                  proof="转账凭证")  # fmt: skip
    assert suit.state == "CLEARED"


def test_annulling_the_end_opens_the_negotiations_again():
    suit = Suit(date(2026, 6, 5))
    suit.on(date(2026, 6, 16)).act("begin_settlement", on=date(2026, 6, 16), **OFFER)
    suit.act("end_settlement", on=date(2026, 6, 16), result="failed", terms="数额差距大")
    suit.act("cases.annul", taken=suit.case.steps_taken.latest("sequence").pk, reason="登记错误")
    row = SuitSettlement.objects.get()
    assert (row.result, row.ended_on, row.terms) == ("open", None, "")
    suit.act("cases.annul", taken=suit.case.steps_taken.filter(action="litigation.begin_settlement").get().pk,
             reason="登记错误")  # fmt: skip
    assert not SuitSettlement.objects.exists()


def test_a_lost_suit_is_analysed_and_a_won_one_is_not():
    suit = lost("annulled")
    analysis = {"reasons": ["procedure", "evidence"], "article": "《行政处罚法》第63条", "flaw": "未告知听证权利",
                "lesson": "告知书由法制审核"}  # fmt: skip
    suit.act("analyse_loss", on=suit.day, **analysis)
    assert suit.case.facts.loss == analysis
    assert suit.case.events.get(kind="loss_analysed").data["responsible"] == agency_id()
    won = lost("claim_rejected")
    with pytest.raises(GuardRefused):
        won.act("analyse_loss", on=won.day, **analysis)


def test_what_was_lost_below_and_upheld_above_is_analysed_too():
    suit = Suit(date(2026, 6, 5))
    suit.judge(date(2026, 9, 1), "annulled")
    suit.serve(date(2026, 9, 1))
    agency = suit.part("respondent").party
    suit.on(date(2026, 9, 15)).act("record_appeal", ruling=suit.ruling.pk, party=agency.pk, on=date(2026, 9, 14))
    suit.on(date(2026, 10, 20)).act(
        "open_instance", on=date(2026, 10, 19), court="鄂尔多斯市中级人民法院", court_number="（2026）内06行终90号"
    )
    suit.judge(date(2026, 11, 10), outcome="upheld")
    suit.act("analyse_loss", on=suit.day, reasons=["law"], flaw="适用已废止的办法", lesson="先查效力")
    assert suit.case.facts.loss["reasons"] == ["law"]


def test_a_single_reason_ticked_on_the_page_is_one():
    suit = lost("annulled")
    suit.act("analyse_loss", on=suit.day, reasons="procedure", flaw="未告知听证权利", lesson="告知书由法制审核")
    assert suit.case.facts.loss["reasons"] == ["procedure"]


def test_the_page_shows_obligations_executions_settlement_and_loss(client):
    suit = executed()
    step(suit, "transfer", date(2026, 11, 10), amount_yuan="420.00", interest_yuan="20.00", text="扣划裁定")
    suit.act("analyse_loss", on=suit.day, reasons=["law"], flaw="适用已废止的办法", lesson="先查效力")
    client.force_login(suit.actor)
    page = client.get(reverse("case_detail", args=[suit.pk])).content.decode()
    for told in ("返还罚款", "（2026）内0621执901号", "扣划裁定", "适用已废止的办法", "600.00"):
        assert told in page
    form = client.get(reverse("case_action", args=[suit.pk, "litigation.open_performance"]))
    assert form.status_code == 200
