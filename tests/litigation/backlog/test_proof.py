"""Proof of an item as files: kept as materials are, opened by whoever may see the item and by nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.datastructures import MultiValueDict

from casemgr.actions.errors import InvalidInput, NotVisible, WrongState
from casemgr.actions.perform import perform
from casemgr.documents.uploads.models import Material, MaterialSealed
from litigation.models import BacklogItem, BacklogProof
from tests.litigation.backlog.test_items import TODAY, act, keeper, unit, verified
from tests.support.litigation import Suit, department
from tests.support.upload_files import a_pdf, a_picture

pytestmark = pytest.mark.django_db
__all__ = ["keeper"]


def files(*sent: tuple[str, bytes]) -> Any:
    return MultiValueDict({"files": [SimpleUploadedFile(name, content) for name, content in sent]})


def claimed(item: BacklogItem, actor: Any, *sent: tuple[str, bytes], **more: Any) -> BacklogItem:
    data = {"performed_on": date(2026, 11, 27), "proof": "转账凭证", **more}
    item = BacklogItem.objects.get(pk=item.pk)
    return perform("backlog.claim", item, data, actor, TODAY, files=files(*sent) if sent else None)


def open_as(actor: Any, proof: BacklogProof) -> Any:
    client = Client()
    client.force_login(actor)
    return client.get(f"/litigation/backlog/proof/{proof.pk}/file/")


def test_a_claim_carries_files_and_who_sees_the_item_opens_them(keeper):
    item, own = verified(keeper, 1), department()
    claimed(item, own, ("转账凭证.pdf", a_pdf()), ("收条1.jpg", a_picture()), ("收条2.jpg", a_picture(colour="red")))
    slip, receipts = BacklogProof.objects.order_by("pk")
    assert (slip.title, slip.pages, receipts.pages, receipts.media_type) == ("转账凭证", 1, 2, "application/pdf")
    for actor in (own, keeper):
        answer = open_as(actor, slip)
        assert (answer.status_code, b"".join(answer.streaming_content)) == (200, a_pdf())
    assert open_as(department(at="150621-ZRJ"), slip).status_code == 404
    client = Client()
    client.force_login(keeper)
    assert "转账凭证</a>" in client.get(item.get_absolute_url()).content.decode()


def test_what_is_no_document_is_refused_and_nothing_is_kept(keeper):
    item = verified(keeper, 1)
    with pytest.raises(InvalidInput) as refused:
        claimed(item, keeper, ("凭证.exe", b"MZ\x90\x00" + b"\0" * 200))
    assert "files" in refused.value.form.errors
    assert not BacklogProof.objects.exists()


def test_proof_is_withdrawn_with_a_reason_until_the_item_is_cleared_and_never_deleted(keeper):
    item = claimed(verified(keeper, 1), keeper, ("旧凭证.pdf", a_pdf()))
    proof = BacklogProof.objects.get()
    with pytest.raises(NotVisible):
        perform("proof.withdraw", proof, {"reason": "传错"}, department(at="150621-ZRJ"), TODAY)
    perform("proof.withdraw", proof, {"reason": "传错"}, keeper, TODAY)
    item = BacklogItem.objects.get(pk=item.pk)
    perform("backlog.add_proof", item, {}, keeper, TODAY, files=files(("新凭证.pdf", a_pdf("new"))))
    act("clear", item, keeper, on=TODAY, reason="证据齐全")
    later = BacklogProof.objects.get(withdrawn_on=None)
    with pytest.raises(WrongState):
        perform("proof.withdraw", later, {"reason": "传错"}, keeper, TODAY)
    with pytest.raises(MaterialSealed):
        later.delete()
    later.sha256 = "0" * 64
    with pytest.raises(MaterialSealed):
        later.save()


def test_an_item_points_at_papers_of_its_file_without_opening_the_file(keeper):
    suit = Suit(date(2026, 6, 1), keeper)
    paper = perform("material.add", suit.case, {"kind": "performance", "title": "付款回单", "received_on": TODAY},
                    keeper, TODAY, files=files(("回单.pdf", a_pdf())))  # fmt: skip
    item = verified(keeper, 1, file_number=suit.case.number, joint_units=[unit("150621-ZRJ").pk])
    claimed(item, keeper, papers=[paper.pk])
    client = Client()
    client.force_login(keeper)
    assert f'href="/materials/{paper.pk}/"' in client.get(item.get_absolute_url()).content.decode()
    client.force_login(department(at="150621-ZRJ"))
    page = client.get(item.get_absolute_url()).content.decode()
    assert "付款回单" in page and f"/materials/{paper.pk}/" not in page
    foreign = perform("material.add", Suit(date(2026, 6, 1), keeper).case, {"kind": "other", "received_on": TODAY},
                      keeper, TODAY, files=files(("别案.pdf", a_pdf("x"))))  # fmt: skip
    with pytest.raises(InvalidInput):
        perform("backlog.add_proof", BacklogItem.objects.get(pk=item.pk), {"papers": [foreign.pk]}, keeper, TODAY)
    assert Material.objects.count() == 2
