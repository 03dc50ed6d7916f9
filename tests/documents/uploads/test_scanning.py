"""The malware scanner over a real socket: what it says decides, and what it did not say is not claimed."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.documents.uploads.jobs import scan_waiting
from casemgr.documents.uploads.models import Material
from casemgr.documents.uploads.scanning import Clamd, ScannerUnreachable
from casemgr.jobs.runner import enqueue
from casemgr.notices.models import Notice
from tests.support.papers import a_case, an_office
from tests.support.upload_files import a_pdf

TODAY = date(2026, 9, 20)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
INFECTED = a_pdf().replace(b"startxref", b"% " + EICAR + b"\nstartxref")


@contextmanager
def a_clamd(address: socket.AddressFamily = socket.AF_INET, place: str = "", most: int = 1 << 26) -> Iterator[str]:
    """A clamd that speaks INSTREAM and knows one threat; gives its URL."""
    server = socket.socket(address, socket.SOCK_STREAM)
    server.bind(place or ("127.0.0.1", 0))
    server.listen()
    threading.Thread(target=_serve, args=(server, most), daemon=True).start()
    try:
        yield f"unix://{place}" if place else f"tcp://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()


def _serve(server: socket.socket, most: int) -> None:
    while True:
        try:
            line, _from = server.accept()
        except OSError:
            return
        with line, line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack(">I", stream.read(4))[0]:
                content += stream.read(length)
            if len(content) > most:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            elif EICAR in content:
                line.sendall(b"stream: Eicar-Test-Signature FOUND\0")
            else:
                line.sendall(b"stream: OK\0")


def test_over_tcp_and_over_a_unix_socket(tmp_path) -> None:
    for clamd in (a_clamd(), a_clamd(socket.AF_UNIX, str(tmp_path / "clamd"))):
        with clamd as url:
            assert Clamd(url, 5).threat_in([b"harm", b"less" * 50_000]) == ""
            assert Clamd(url, 5).threat_in([b"a", EICAR]) == "Eicar-Test-Signature"


def test_an_error_is_no_finding() -> None:
    with a_clamd(most=10) as url, pytest.raises(ScannerUnreachable):
        Clamd(url, 5).threat_in([b"x" * 20])
    with pytest.raises(ScannerUnreachable):
        Clamd("tcp://127.0.0.1:9", 1).threat_in([b"x"])


@pytest.mark.django_db
class TestMaterials:
    @pytest.fixture
    def add(self):
        office = an_office()
        case = a_case(office)

        def added(content: bytes) -> Material:
            files = MultiValueDict({"files": [SimpleUploadedFile("a.pdf", content)]})
            data = {"kind": "evidence", "received_on": TODAY.isoformat()}
            return perform("material.add", case, data, office.officer, TODAY, files=files)

        added.office = office
        return added

    def test_clean_is_said_only_when_scanned(self, add, settings) -> None:
        assert add(a_pdf("a")).scan == "none"
        with a_clamd() as url:
            settings.CLAMD_URL = url
            assert add(a_pdf("b")).scan == "clean"

    def test_an_infected_file_is_refused_and_named(self, add, settings) -> None:
        with a_clamd() as url:
            settings.CLAMD_URL = url
            with pytest.raises(InvalidInput) as caught:
                add(INFECTED)
        assert "Eicar-Test-Signature" in str(caught.value.form.errors)
        assert not Material.objects.exists()

    def test_without_an_answer_nothing_is_taken(self, add, settings) -> None:
        settings.CLAMD_URL = "tcp://127.0.0.1:9"
        with pytest.raises(InvalidInput):
            add(a_pdf())

    def test_or_it_is_kept_and_scanned_later(self, add, settings, client) -> None:
        settings.CLAMD_URL, settings.CLAMD_UNREACHABLE = "tcp://127.0.0.1:9", "keep"
        fine, bad = add(a_pdf("fine")), add(INFECTED)
        assert {fine.scan, bad.scan} == {"waiting"}
        job = enqueue("scan_materials")
        assert scan_waiting(job) == {"scanned": 0, "infected": 0}, "still nobody answers"
        with a_clamd() as url:
            settings.CLAMD_URL = url
            job.attempts, job.status = 1, job.State.RUNNING
            job.save()
            assert scan_waiting(job) == {"scanned": 2, "infected": 1}
        fine.refresh_from_db()
        bad.refresh_from_db()
        assert (fine.scan, bad.scan) == ("clean", "infected")
        assert Notice.objects.filter(recipient=add.office.officer, kind="material_infected").count() == 1
        client.force_login(add.office.officer)
        assert client.get(reverse("material_file", args=[bad.pk])).status_code == 409
        assert client.get(reverse("material_file", args=[fine.pk])).status_code == 200
