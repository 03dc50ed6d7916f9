"""Writing the bundle: one ZIP in pieces, with the digest of everything in it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from casemgr.audit.models import Seal
from casemgr.documents import files
from casemgr.documents.volumes.bundles.chain import links
from casemgr.documents.volumes.bundles.instructions import readme
from casemgr.documents.volumes.models import Bundle, Part, Volume

Progress = Callable[[int, int], None]
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


class _Zip:
    """Adds files and remembers their digests."""

    def __init__(self, out: BinaryIO, day: tuple[int, int, int]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._day = (*day, 0, 0, 0)
        self.sums: list[str] = []

    def add(self, path: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        info = zipfile.ZipInfo(path, self._day)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        digest = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                digest.update(piece)
                target.write(piece)
        self.sums.append(f"{digest.hexdigest()}  {path}\n")

    def close(self) -> None:
        self.add("SHA256SUMS", ["".join(self.sums).encode()])
        self._zip.close()


def make(bundle: Bundle, progress: Progress) -> BinaryIO:
    """The bundle as a temporary file at its beginning; close it. Seal everything first.

    :raises FileDamaged: a stored file is not the one whose digest is kept.
    """
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller
    try:
        on = bundle.asked_on
        made = _Zip(out, (on.year, on.month, on.day))
        volumes = list(_volumes(bundle))
        lines = ["序号\t卷\t页号\t题名\t文件\tSHA-256\n"]
        total = sum(volume.items.count() for volume in volumes) + 1
        done = 0
        for volume in volumes:
            path = f"volume-{volume.part}-{volume.number}.pdf"
            made.add(path, _stored(volume.file, volume.sha256), packed=False)
            for item in volume.items.order_by("sequence"):
                inside = _path(volume, item) if item.file else "—"
                if item.file:
                    made.add(inside, _stored(item.file, item.sha256), packed=False)
                line = (item.sequence, path, item.page_range, item.title, inside, item.sha256 or "—")
                lines.append("\t".join(str(value).replace("\t", " ") for value in line) + "\n")
                done += 1
                progress(done, total)
        made.add("catalogue.txt", ["".join(lines).encode()])
        for link in links(bundle.case, with_internal=bundle.with_internal):
            made.add(link.path, [link.content])
        last = Seal.objects.order_by("-number").first()
        chinese, english = readme(bundle.case.number, on.isoformat(), f"{last.number} {last.digest}" if last else "—")
        made.add("README-中文.txt", [chinese.encode()])
        made.add("README-English.txt", [english.encode()])
        made.close()
        progress(total, total)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return out


def _volumes(bundle: Bundle) -> Iterable[Volume]:
    rows = Volume.objects.filter(case_id=bundle.case_id, destroyed_on__isnull=True)
    if not bundle.with_internal:
        rows = rows.filter(part=Part.MAIN)
    return rows.order_by("-part", "number")


def _path(volume: Volume, item) -> str:
    extension = EXTENSIONS.get(item.media_type) or item.file.rpartition(".")[2]
    return f"files/{volume.part}-{volume.number}-{item.sequence:03d}.{extension}"


def _stored(name: str, sha256: str) -> Iterator[bytes]:
    with files.opened(name, sha256) as file:
        while piece := file.read(files.PIECE):
            yield piece
