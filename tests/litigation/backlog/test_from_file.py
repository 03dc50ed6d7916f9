"""From an overdue obligation of a suit to its backlog item, and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from litigation.backlog.from_file import facts_of, item_for, obligations_seen
from litigation.models import BacklogItem, Obligation
from tests.litigation.backlog.test_items import TODAY, unit
from tests.litigation.test_performance import lost, owe, perform_it
from tests.support.litigation import department

pytestmark = pytest.mark.django_db


def test_an_overdue_obligation_becomes_an_item_with_what_the_file_knows_and_the_file_shows_it(monkeypatch):
    suit = lost()
    one = owe(suit, amount_yuan="500.00", due_on=date(2026, 10, 5))
    perform_it(suit, one, date(2026, 10, 2), amount_yuan="200.00")
    monkeypatch.setattr("casemgr.pages.clock.timezone", SimpleNamespace(localdate=lambda: TODAY))
    one = obligations_seen(suit.actor, TODAY).get(pk=one.pk)
    facts = facts_of(one)
    assert {name: facts[name] for name in ("unit", "duty", "perform_due_on", "effective_on", "amount_yuan")} == {
        "unit": unit().pk, "duty": "返还罚款", "perform_due_on": date(2026, 10, 5), "effective_on": date(2026, 9, 17),
        "amount_yuan": Decimal("500.00"),
    }  # fmt: skip
    assert (facts["performed_yuan"], facts["ruling_kind"]) == (Decimal("200.00"), "administrative")
    client = Client()
    client.force_login(suit.actor)
    file = suit.case.get_absolute_url()
    address = f"/litigation/backlog/items/new/?obligation={one.pk}"
    assert address in client.get(file).content.decode()
    assert "返还罚款" in client.get(address).content.decode()
    item = perform("backlog.enter", None, facts, suit.actor, TODAY)
    assert (item.case_id, item.obligation, str(item.open_yuan)) == (suit.pk, one, "300.00")
    page = client.get(file).content.decode()
    assert item.get_absolute_url() in page and address not in page
    with pytest.raises(InvalidInput):
        perform("backlog.enter", None, {**facts, "is_another": True}, suit.actor, TODAY)
    with pytest.raises(InvalidInput):  # of a file that is not theirs
        perform("backlog.enter", None, {**facts, "unit": unit("150621-ZRJ").pk}, department(at="150621-ZRJ"), TODAY)
    assert BacklogItem.objects.count() == 1


def test_an_item_dropped_by_mistake_does_not_block_another():
    suit = lost()
    one = owe(suit, amount_yuan="500.00", due_on=date(2026, 10, 5))
    facts = facts_of(Obligation.objects.get(pk=one.pk))
    first = perform("backlog.enter", None, facts, suit.actor, TODAY)
    first = perform("backlog.drop", first, {"on": TODAY, "reason": "录错"}, suit.actor, TODAY)
    second = perform("backlog.enter", None, facts, suit.actor, TODAY)
    assert item_for(one, [first, second]) == second
