"""Which files are taken, as data: what each is called, how it is recognised, and how large it may be."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class FileKind:
    """`family` is what the first bytes tell; `group` names its size limit in `settings.UPLOAD_LIMITS_MB`."""

    code: str
    family: str
    label: str | Promise
    extensions: tuple[str, ...]
    media_type: str
    group: str

    @property
    def limit_mb(self) -> int:
        return settings.UPLOAD_LIMITS_MB[self.group]

    @property
    def limit(self) -> int:
        return self.limit_mb * MEGABYTE

    @property
    def is_picture(self) -> bool:
        return self.group == "photo"


_ALL = (
    FileKind("pdf", "pdf", _("PDF file"), ("pdf",), "application/pdf", "document"),
    FileKind("ofd", "zip", _("OFD file"), ("ofd",), "application/ofd", "document"),
    FileKind("jpg", "jpg", _("JPEG picture"), ("jpg", "jpeg", "jpe", "jfif"), "image/jpeg", "photo"),
    FileKind("png", "png", _("PNG picture"), ("png",), "image/png", "photo"),
    FileKind(
        "docx",
        "zip",
        _("Word file"),
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "office",
    ),
    FileKind(
        "xlsx",
        "zip",
        _("Excel file"),
        ("xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "office",
    ),
    FileKind("doc", "ole", _("Word file"), ("doc", "wps"), "application/msword", "office"),
    FileKind("xls", "ole", _("Excel file"), ("xls", "et"), "application/vnd.ms-excel", "office"),
    FileKind("mp3", "mp3", _("sound recording"), ("mp3",), "audio/mpeg", "sound"),
    FileKind("m4a", "m4a", _("sound recording"), ("m4a",), "audio/mp4", "sound"),
    FileKind("wav", "wav", _("sound recording"), ("wav",), "audio/wav", "sound"),
    FileKind("amr", "amr", _("sound recording"), ("amr",), "audio/amr", "sound"),
    FileKind("mp4", "mp4", _("film"), ("mp4", "m4v"), "video/mp4", "film"),
    FileKind("mov", "mov", _("film"), ("mov", "qt"), "video/quicktime", "film"),
)
KINDS: dict[str, FileKind] = {kind.code: kind for kind in _ALL}
PROOF = ("pdf", "jpg", "png")
"""What proves a service: a scan or a photo."""
STAMPED = ("pdf", "jpg", "png", "ofd")
"""What a stamped or electronically sealed paper comes as."""
MATERIAL = tuple(KINDS)


def family_limit(family: str) -> int:
    """The most any kind of this family may have, in bytes: what is known before the whole file has come."""
    return max((kind.limit for kind in _ALL if kind.family == family), default=0)


def extensions(codes: tuple[str, ...]) -> list[str]:
    return [extension for code in codes for extension in KINDS[code].extensions]


def accept(codes: tuple[str, ...]) -> str:
    """For a file chooser. Named by type too: iPhones then turn their HEIC photos into JPEG by themselves."""
    types = dict.fromkeys(KINDS[code].media_type for code in codes)
    return ",".join([*types, *(f".{extension}" for extension in extensions(codes))])
