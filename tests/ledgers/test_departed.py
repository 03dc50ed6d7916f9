"""The import of somebody who left: undone by those who run the system, with reason, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from casemgr.cases.models import Case
from casemgr.organisation.models import RoleAssignment
from tests.ledgers.test_imports_in_the_page import THEIRS, assigned, book, officer, page, sent, step, worked
from tests.support.register import person

__all__ = ["officer"]
pytestmark = pytest.mark.django_db


def leaves(user, how: str) -> None:
    if how == "closed":
        user.is_active = False
        user.save()
    else:
        RoleAssignment.objects.filter(user=user).delete()


@pytest.mark.parametrize("how", ["closed", "elsewhere"])
def test_an_administrator_undoes_it_and_every_case_says_who_and_why(client: Client, officer, how: str) -> None:
    found = assigned(client, sent(client, "reconsideration", book(THEIRS)))
    step(client, found, "load")
    found = worked(found)
    keeper, admin = Client(), person("keeper", "admin", at="150621", full_name="高娃")
    keeper.force_login(admin)
    address = f"{found.get_absolute_url()}undo/"
    assert "undo/" not in page(keeper, found)
    assert keeper.post(address, {"reason": "误传", "seen_version": found.version}).status_code == 403
    found.refresh_from_db()
    assert found.status == "loaded", "who sent it in still works here"
    leaves(officer, how)
    other = Client()
    other.force_login(person("wang", "officer"))
    assert other.get(found.get_absolute_url()).status_code == 404
    shown = page(keeper, found)
    assert address in shown and "李志强" in shown
    assert keeper.get(f"{found.get_absolute_url()}refused/").status_code == 403
    step(keeper, found, "undo", reason="误传")
    found = worked(found)
    case = Case.objects.get()
    assert (found.status, found.taken_back, case.state) == ("undone", 1, "VOID")
    (entry,) = case.events.filter(kind="voided")
    told = str(entry.data)
    assert "误传" in told and "高娃" in told and "李志强" in told
    assert found.history.filter(status="undoing").latest().history_user == admin.pk
