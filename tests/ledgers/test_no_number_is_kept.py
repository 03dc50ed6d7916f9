"""A wrong heading row, or a wrongly assigned column, makes no personal number a heading or a word that is kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.ledgers.models import LedgerImport, SavedMapping
from reconsideration.demo.people import resident_number
from tests.ledgers.test_imports_in_the_page import NUMBER, THEIRS, book, officer, sent

__all__ = ["officer"]
pytestmark = pytest.mark.django_db
OTHER = THEIRS | {"复议案号": "达政复字〔2025〕4号", "身份证号": resident_number(8, date(1985, 3, 12), "M")}


def kept() -> str:
    histories = [str(list(model.history.values())) for model in (LedgerImport, SavedMapping)]
    return str([*LedgerImport.objects.values(), *SavedMapping.objects.values(), *histories])


def test_a_row_of_people_taken_for_the_headings(client: Client, officer) -> None:
    found = sent(client, "reconsideration", book(THEIRS, OTHER))
    page = client.post(found.get_absolute_url(), {"sheet": "0", "heading": "2", "look": "1"})
    assert NUMBER not in page.content.decode()
    form = page.context["form"]
    columns = ["案号", "收到日期", "申请方式", "申请人", "申请人证件号码", "被申请人"]
    data = {f"column-{one.position}": column for one, column in zip(form.proposals, columns, strict=False)}
    sheet = {"sheet": "0", "heading": "2", "save_as": "错"}
    assert client.post(found.get_absolute_url(), {**sheet, **data}).status_code == 302
    assert SavedMapping.objects.exists() and NUMBER not in kept()


def test_numbers_assigned_to_a_column_of_words(client: Client, officer) -> None:
    found = sent(client, "reconsideration", book(THEIRS, OTHER))
    form = client.get(found.get_absolute_url()).context["form"]
    data = {f"column-{one.position}": one.column for one in form.proposals}
    (number,) = [one.position for one in form.proposals if one.heading == "身份证号"]
    (way,) = [one.position for one in form.proposals if one.heading == "收案方式"]
    data |= {f"column-{number}": "申请方式", f"column-{way}": "", "sheet": "0", "heading": "1", "save_as": "错"}
    for place in range(2):
        data[f"word-申请方式-{place}"] = "当面"
    client.post(found.get_absolute_url(), data)
    assert NUMBER not in kept()
    assert NUMBER not in client.get(f"{found.get_absolute_url()}?assign=1").content.decode()
