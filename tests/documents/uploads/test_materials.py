"""Materials of a case: how they come in, what is kept of them, who opens them, and what never changes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from PIL import Image
from pypdf import PdfReader

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput, NotVisible, Refusal, WrongState
from casemgr.actions.perform import perform
from casemgr.audit.models import AccessLog
from casemgr.cases.models import Case
from casemgr.documents.orphans import remove_orphans
from casemgr.documents.uploads import actions, holdings
from casemgr.documents.uploads.evidence import damaged_files
from casemgr.documents.uploads.models import Material, MaterialSealed
from tests.support.papers import RECEIPT, RECEIVED, a_case, an_office, part_of
from tests.support.upload_files import a_pdf, a_picture

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
GPS, ORIENTATION = 0x8825, 0x0112


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def case(office):
    return a_case(office)


def sent(*files: tuple[str, bytes], field: str = "files") -> MultiValueDict:
    return MultiValueDict({field: [SimpleUploadedFile(name, content) for name, content in files]})


def add(office, case, *files: tuple[str, bytes], **data) -> Material:
    given = {"kind": "evidence", "received_on": TODAY.isoformat(), **data}
    return perform("material.add", case, given, office.officer, TODAY, files=sent(*files))


def refusal(office, case, *files: tuple[str, bytes], **data) -> str:
    with pytest.raises(InvalidInput) as caught:
        add(office, case, *files, **data)
    assert not Material.objects.exists()
    return str(caught.value.form.errors)


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def a_phone_photo() -> bytes:
    """Taken lying on its side, with the place and the owner in it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F], exif[0x013B] = 6, "HUAWEI", "王建军"
    exif.get_ifd(0x8769)[0x9003] = "2026:09:01 10:20:30"
    exif[GPS] = {1: "N", 2: (40.0, 24.0, 1.0), 3: "E", 4: (110.0, 2.0, 3.0)}
    return a_picture(size=(3000, 2000), exif=exif)


class TestComingIn:
    def test_a_scan_is_kept_as_it_came(self, office, case) -> None:
        content = a_pdf("合同", pages=3)
        material = add(office, case, ("合同扫描件.pdf", content), title="租赁合同")
        assert (material.title, material.pages, material.media_type) == ("租赁合同", 3, "application/pdf")
        assert material.sha256 == hashlib.sha256(content).hexdigest()
        assert stored(material.file) == content
        assert material.received[0]["name"] == "合同扫描件.pdf"
        assert not material.original_file
        assert "合同" not in material.file
        assert material.scan == Material.Scan.NONE
        assert material.history.get().history_action == "material.add"

    def test_a_photo_is_turned_and_says_no_place(self, office, case) -> None:
        photo = a_phone_photo()
        material = add(office, case, ("IMG_0001.jpg", photo))
        page = PdfReader(io.BytesIO(stored(material.file))).pages[0]
        assert page.mediabox.height > page.mediabox.width
        shown = Image.open(io.BytesIO(page.images[0].data))
        assert shown.size[0] <= 1654
        assert not shown.getexif()
        original = stored(material.original_file)
        kept = Image.open(io.BytesIO(original))
        assert not kept.getexif().get_ifd(GPS)
        assert "王建军".encode() not in original
        assert kept.getexif()[ORIENTATION] == 6
        assert kept.getexif().get_ifd(0x8769)[0x9003] == "2026:09:01 10:20:30"
        assert kept.tobytes() == Image.open(io.BytesIO(photo)).tobytes()
        assert material.received[0]["sha256"] == hashlib.sha256(photo).hexdigest()

    def test_photos_sent_together_become_one_pdf_in_the_order_asked(self, office, case) -> None:
        photos = [(f"{colour}.jpg", a_picture(colour=colour)) for colour in ("red", "lime", "blue")]
        material = add(office, case, *photos, order="3,1,2")
        reader = PdfReader(io.BytesIO(stored(material.file)))
        colours = [Image.open(io.BytesIO(page.images[0].data)).getpixel((5, 5)) for page in reader.pages]
        assert [max(range(3), key=colour.__getitem__) for colour in colours] == [2, 0, 1]
        assert material.pages == 3
        with zipfile.ZipFile(io.BytesIO(stored(material.original_file))) as archive:
            assert archive.namelist() == ["001.jpg", "002.jpg", "003.jpg"]
        assert Material.objects.count() == 1

    def test_the_camera_counts_with_the_chosen_files(self, office, case) -> None:
        files = sent(("a.png", a_picture("PNG")))
        files["photo"] = SimpleUploadedFile("camera.jpg", a_picture())
        data = {"kind": "identity", "received_on": TODAY.isoformat()}
        material = perform("material.add", case, data, office.officer, TODAY, files=files)
        assert material.pages == 2
        assert material.title == "身份证明" or "Identity" in material.title

    def test_other_files_stay_apart(self, office, case) -> None:
        add(office, case, ("a.pdf", a_pdf("a")), ("b.jpg", a_picture()), ("c.pdf", a_pdf("c")), title="照片和合同")
        titles = Material.objects.order_by("pk").values_list("title", flat=True)
        assert list(titles) == ["照片和合同（1）", "照片和合同（2）", "照片和合同（3）"]

    def test_an_order_that_names_no_such_file_is_refused(self, office, case) -> None:
        assert "2,1,3" in refusal(office, case, ("a.jpg", a_picture()), order="2")

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("照片.pdf", a_picture(), "jpeg"),
            ("证据.jpg", b"MZ" + bytes(99), "program"),
            ("IMG.heic", b"\0\0\0\x18ftypheic" + bytes(99), "heic"),
            ("a.pdf", a_pdf()[:-20], "incomplete"),
        ],
    )
    def test_a_refusal_says_what_is_wrong(self, office, case, name, content, said, settings) -> None:
        from django.utils.translation import override

        with override("en"):
            assert said in refusal(office, case, (name, content)).lower()

    def test_nothing_sent_is_said(self, office, case) -> None:
        assert "files" in refusal(office, case)

    def test_a_file_larger_than_its_kind_may_be(self, office, case, settings) -> None:
        settings.UPLOAD_LIMITS_MB = {**settings.UPLOAD_LIMITS_MB, "photo": 0}
        assert "0MB" in refusal(office, case, ("a.jpg", a_picture())).replace(" ", "")

    def test_an_identity_number_in_the_name_is_masked(self, office, case) -> None:
        material = add(office, case, ("15062119900307002X.pdf", a_pdf()))
        assert "19900307" not in str(material.received) + material.original_name

    def test_a_picture_called_by_another_pictures_name_is_no_disguise(self, office, case) -> None:
        assert add(office, case, ("微信图片.jpg", a_picture("PNG"))).pages == 1

    def test_a_future_day_is_refused(self, office, case) -> None:
        assert "received_on" in refusal(office, case, ("a.pdf", a_pdf()), received_on="2026-09-21")

    def test_a_roll_back_leaves_no_file(self, office, case, monkeypatch) -> None:
        def fails(*args, **kwargs):
            raise RuntimeError

        add(office, case, ("a.jpg", a_picture()))
        before = default_storage.listdir(f"materials/{TODAY:%Y}")
        monkeypatch.setattr(Material, "save", fails)
        with pytest.raises(RuntimeError):
            add(office, case, ("a.jpg", a_picture()))
        assert default_storage.listdir(f"materials/{TODAY:%Y}") == before


class TestWho:
    def test_only_who_handles_the_case(self, office, case) -> None:
        data = {"kind": "evidence", "received_on": TODAY.isoformat()}
        for who, error in ((office.stranger, NotVisible), (office.archive, Forbidden)):
            with pytest.raises(error):
                perform("material.add", case, data, who, TODAY, files=sent(("a.pdf", a_pdf())))

    def test_nothing_is_added_to_an_archived_file(self, office, case) -> None:
        Case.objects.filter(pk=case.pk).update(state="ARCHIVED", stage="archived")
        with pytest.raises(WrongState):
            add(office, case, ("a.pdf", a_pdf()))

    def test_a_material_of_another_unit_does_not_exist(self, client, office, case) -> None:
        material = add(office, case, ("a.jpg", a_picture()))
        client.force_login(office.stranger)
        for name in ("material_detail", "material_file", "material_original"):
            assert client.get(reverse(name, args=[material.pk])).status_code == 404
        assert client.get(reverse("material_list", args=[case.pk])).status_code == 404

    def test_opening_is_logged_for_restricted_cases_and_identity_papers(self, client, office, case) -> None:
        plain = add(office, case, ("a.jpg", a_picture()))
        identity = add(office, case, ("b.jpg", a_picture()), kind="identity")
        client.force_login(office.head)

        def log_of(material: Material) -> list[tuple]:
            client.get(reverse("material_file", args=[material.pk]))
            client.get(reverse("material_original", args=[material.pk]))
            rows = AccessLog.objects.filter(kind="material_opened", subject_id=material.pk).order_by("pk")
            return list(rows.values_list("actor_id", "data"))

        both = [
            (office.head.pk, {"case": case.pk}),
            (office.head.pk, {"case": case.pk, "original": True}),
        ]
        assert log_of(plain) == []
        assert log_of(identity) == both
        Case.objects.filter(pk=case.pk).update(confidentiality="restricted")
        assert log_of(plain) == both

    def test_a_person_learns_what_they_brought(self, office, case) -> None:
        part = part_of(case, "applicant")
        add(office, case, ("a.pdf", a_pdf()), received_from=part.pk, title="租赁合同")
        add(office, case, ("b.pdf", a_pdf("b")), received_from=part.pk, is_secret="on", title="内部意见")
        add(office, case, ("c.pdf", a_pdf("c")), title="别人的材料")
        (sheet,) = holdings.sheets([part.party], office.officer, TODAY)
        assert [row[1] for row in sheet.rows] == ["租赁合同"]
        (sheet,) = holdings.sheets([part.party], office.stranger, TODAY)
        assert list(sheet.rows) == []


class TestServing:
    def test_a_pdf_is_shown_and_everything_else_downloaded(self, client, office, case) -> None:
        material = add(office, case, ("王建军.jpg", a_picture()))
        client.force_login(office.officer)
        shown = client.get(reverse("material_file", args=[material.pk]))
        assert shown.headers["Content-Type"] == "application/pdf"
        assert shown.headers["Content-Disposition"].startswith("inline")
        assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
        for address in (reverse("material_original", args=[material.pk]), shown.request["PATH_INFO"] + "?download=1"):
            given = client.get(address)
            assert given.headers["Content-Disposition"].startswith("attachment")
            assert given.headers["Content-Security-Policy"].endswith("sandbox")
            assert given.headers["X-Content-Type-Options"] == "nosniff"
            assert "no-store" in given.headers["Cache-Control"]
            assert "private" in given.headers["Cache-Control"]
            assert "王建军" not in str(given.headers)

    def test_a_changed_file_is_not_shown_and_is_found(self, client, office, case) -> None:
        material = add(office, case, ("a.pdf", a_pdf()))
        assert list(damaged_files()) == []
        with default_storage.open(material.file, "wb") as file:
            file.write(b"%PDF-1.4 forged")
        client.force_login(office.officer)
        answer = client.get(reverse("material_file", args=[material.pk]))
        assert answer.status_code == 500
        assert [finding.row for finding in damaged_files()] == [material.pk]

    def test_the_list_is_paged_and_asks_a_fixed_number_of_questions(self, client, office, case) -> None:
        client.force_login(office.officer)
        add(office, case, ("a.pdf", a_pdf()))

        def spent() -> int:
            with CaptureQueriesContext(
                connection,
            ) as found:
                assert client.get(reverse("material_list", args=[case.pk])).status_code == 200
            return len(found)

        spent()  # what is read once per process
        first = spent()
        row = Material.objects.get()
        for number in range(30):
            Material(**{**_columns(row), "title": f"材料{number}"}).save()
        assert spent() == first
        page = client.get(reverse("material_list", args=[case.pk])).content.decode()
        assert page.count("材料") <= 60
        assert "after=" in page


def _columns(row: Material) -> dict:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in ("id", "created_at")}


class TestAfterwards:
    def test_a_description_is_put_right_and_the_file_stays(self, office, case) -> None:
        material = add(office, case, ("a.pdf", a_pdf()))
        part = part_of(case, "applicant")
        data = {"kind": "application", "received_on": "2026-09-10", "received_from": part.pk, "is_secret": "on"}
        changed = perform("material.describe", material, data, office.officer, TODAY)
        assert (changed.kind, changed.received_from, changed.is_secret) == ("application", part, True)
        assert part.name in changed.title
        changed.sha256 = "0" * 64
        with pytest.raises(MaterialSealed):
            changed.save()
        with pytest.raises(MaterialSealed):
            Material.objects.all().delete()

    def test_withdrawn_stays_marked_and_can_be_hindered(self, office, case, monkeypatch) -> None:
        material = add(office, case, ("a.pdf", a_pdf()))
        monkeypatch.setattr(actions, "_obstacles", [lambda material: Refusal("bound", "装订了")])
        with pytest.raises(GuardRefused):
            perform("material.withdraw", material, {"reason": "重复"}, office.officer, TODAY)
        monkeypatch.setattr(actions, "_obstacles", [])
        gone = perform("material.withdraw", material, {"reason": "重复"}, office.officer, TODAY)
        assert (gone.withdrawn_on, gone.withdrawn_reason) == (TODAY, "重复")
        assert list(case.materials.living()) == []
        assert stored(gone.file)
        with pytest.raises(WrongState):
            perform("material.withdraw", gone, {"reason": "重复"}, office.officer, TODAY)

    def test_orphans_go_and_materials_stay(self, office, case) -> None:
        material = add(office, case, ("a.jpg", a_picture()))
        lost = default_storage.save(f"materials/{TODAY:%Y}/lost.pdf", SimpleUploadedFile("x", b"x"))
        assert lost in remove_orphans(timezone.now(), age=timezone.timedelta(0))
        assert stored(material.file)
        assert stored(material.original_file)


class TestCopiesOfPapers:
    @pytest.fixture
    def paper(self, office, case):
        return office.paper(case, "receipt", RECEIVED, RECEIPT)

    def attach(self, office, paper, *files, **data) -> Material:
        given = {"kind": "stamped_copy", "received_on": TODAY.isoformat(), **data}
        return perform("document.attach_copy", paper, given, office.officer, TODAY, files=sent(*files))

    def test_a_stamped_copy_stands_beside_the_issued_file(self, client, office, paper) -> None:
        issued = paper.content()
        scans = [("1.jpg", a_picture())] * paper.pages
        copy = self.attach(office, paper, *scans)
        assert (copy.document_id, copy.kind, copy.pages) == (paper.pk, "stamped_copy", paper.pages)
        paper.refresh_from_db()
        assert paper.content() == issued
        client.force_login(office.officer)
        page = client.get(reverse("document_detail", args=[paper.pk])).content.decode()
        assert reverse("material_file", args=[copy.pk]) in page
        assert list(paper.case.materials.of_case()) == []

    def test_the_page_leads_back_to_the_paper(self, client, office, paper) -> None:
        client.force_login(office.officer)
        form = {"kind": "sealed_file", "received_on": TODAY.isoformat(), "files": SimpleUploadedFile("a.pdf", a_pdf())}
        form |= {"differs": "on", "seen_version": paper.version}
        answer = client.post(reverse("document_action", args=[paper.pk, "document.attach_copy"]), form)
        assert answer.url == reverse("document_detail", args=[paper.pk])
        assert paper.materials.get().kind == "sealed_file"

    def test_another_number_of_pages_must_be_confirmed(self, office, paper) -> None:
        scan = ("盖章.pdf", a_pdf(pages=paper.pages + 1))
        with pytest.raises(GuardRefused) as caught:
            self.attach(office, paper, scan)
        assert [refusal.code for refusal in caught.value.refusals] == ["pages-differ"]
        assert self.attach(office, paper, scan, differs="on").pages == paper.pages + 1

    def test_an_ofd_is_kept_for_download(self, office, paper) -> None:
        from tests.support.hostile import OFD, a_zip

        copy = self.attach(office, paper, ("决定书.ofd", a_zip(OFD)), kind="sealed_file")
        assert (copy.media_type, copy.is_inert, copy.pages) == ("application/ofd", True, None)

    def test_a_signature_is_noticed_and_not_judged(self, office, paper) -> None:
        signature = b"9 0 obj<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>>>endobj\n"
        plain = a_pdf(pages=paper.pages)
        at = plain.rindex(b"xref\n0")
        rebuilt = plain[:at] + signature + plain[at:].replace(b"startxref\n", b"startxref\n9")
        copy = self.attach(office, paper, ("签章.pdf", rebuilt), kind="sealed_file")
        assert copy.features == ["signed"]
        assert not copy.is_inert

    def test_a_word_file_is_no_stamped_copy(self, office, paper) -> None:
        from tests.support.hostile import WORD, an_office_file

        with pytest.raises(InvalidInput):
            self.attach(office, paper, ("a.docx", an_office_file(WORD)))
