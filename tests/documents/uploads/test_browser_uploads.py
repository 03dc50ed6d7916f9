"""Uploading on a phone in real Chromium: photographed, put in order, refused without losing the files, kept."""

from __future__ import annotations

import pytest

from casemgr.documents.uploads.models import Material
from tests.support.browser import PHONE, assert_accessible, assert_fits
from tests.support.papers import a_case, an_office
from tests.support.upload_files import a_picture

pytestmark = pytest.mark.django_db(transaction=True)
DROP = """([place, name]) => {
    const data = new DataTransfer();
    data.items.add(new File(["<html>"], name, {type: "image/png"}));
    const event = place ? new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true})
                        : new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    (place ? document.querySelector(place) : document).dispatchEvent(event);
}"""


def photo(name: str, colour: str) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": a_picture(colour=colour)}


def test_photos_from_the_phone(page_at):
    office = an_office()
    case = a_case(office)
    phone = page_at(*PHONE, user=office.officer)
    phone.goto(f"/cases/{case.pk}/materials/add/")
    assert_accessible(phone)
    phone.set_input_files("#id_files", [photo("一.jpg", "red"), photo("二.jpg", "green")])
    phone.set_input_files("#id_photo", [photo("三.jpg", "blue")])
    chosen = phone.locator("[data-chosen] li")
    chosen.nth(2).get_by_text("↑").click()
    assert [text.split()[1] for text in chosen.locator(".name").all_inner_texts()] == ["一.jpg", "三.jpg", "二.jpg"]
    phone.evaluate(DROP, ["[data-drop]", "拖来.png"])
    phone.evaluate(DROP, ["", "粘贴.png"])
    assert chosen.count() == 5
    assert_fits(phone)
    phone.click("button.btn-primary")
    problem = phone.locator(".error-summary")
    problem.wait_for()
    assert problem.locator("li").count() == 2
    assert_accessible(phone)
    assert not Material.objects.exists()
    chosen.nth(4).get_by_text("×").click()
    chosen.nth(3).get_by_text("×").click()
    phone.click("button.btn-primary")
    phone.wait_for_url("**/materials/")
    material = Material.objects.get()
    assert (material.pages, [one["name"] for one in material.received]) == (3, ["一.jpg", "三.jpg", "二.jpg"])
    assert_fits(phone)
    phone.click("td.t a")
    phone.wait_for_url(f"**/materials/{material.pk}/")
    assert_accessible(phone)
    assert_fits(phone)


def test_a_file_that_is_too_large_is_named_before_it_is_sent_and_nothing_typed_is_lost(page_at, settings):
    settings.UPLOAD_REQUEST_MB = 1
    office = an_office()
    case = a_case(office)
    phone = page_at(*PHONE, user=office.officer)
    phone.goto(f"/cases/{case.pk}/materials/add/")
    phone.fill("[name=title]", "监控录像")
    film = {"name": "录像.mp4", "mimeType": "video/mp4", "buffer": b"0" * 2 * 1024 * 1024}
    phone.set_input_files("#id_files", [film])
    assert "2.0 MB" in phone.locator("[data-chosen] .name").inner_text()
    phone.click("button.btn-primary")
    said = phone.locator(".message.warning")
    said.wait_for()
    assert "录像.mp4" in said.inner_text() and "1 MB" in said.inner_text()
    assert phone.input_value("[name=title]") == "监控录像"
    assert_fits(phone)


def test_the_page_fits_a_phone_in_large_type(page_at):
    office = an_office()
    case = a_case(office)
    phone = page_at(*PHONE, user=office.officer)
    phone.goto(f"/cases/{case.pk}/materials/add/")
    phone.locator("form[action='/large-type/'] button").first.click()
    phone.wait_for_selector("html.big")
    assert_fits(phone)
