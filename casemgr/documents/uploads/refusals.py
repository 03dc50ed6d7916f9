"""Why a file is not taken, in words for who brought it: what was found, and what to do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.documents.uploads.file_kinds import KINDS

TEXTS: dict[str, str | Promise] = {
    "empty": gettext_lazy("“%(file)s” is empty. Choose the file again."),
    "too-large": gettext_lazy(
        "“%(file)s” is larger than %(most)d MB, the most for a %(kind)s. Scan it in grey or at 200 dpi, or bring it "
        "in several parts."
    ),
    "unknown": gettext_lazy("“%(file)s” is of a kind that is not kept (%(what)s). Kept are: %(kept)s."),
    "disguised": gettext_lazy(
        "“%(file)s” is not what its name says: it is called .%(extension)s but is a %(what)s. It was not kept. "
        "Do not open it; ask who gave it for the real file."
    ),
    "misnamed": gettext_lazy(
        "“%(file)s” is called .%(extension)s but is a %(what)s. It was not kept. Give it its right name, or ask who "
        "gave it for the right file."
    ),
    "not-this-kind": gettext_lazy("“%(file)s” is a %(what)s. Here only these are taken: %(kept)s."),
    "heic": gettext_lazy(
        "“%(file)s” is an iPhone photo (HEIC), which cannot be printed here. On the phone set Camera › Formats › "
        "“Most Compatible”, or send it as JPEG, and take or choose it again."
    ),
    "two-files": gettext_lazy(
        "“%(file)s” hides a second file or a program inside. It was not kept. Ask who gave it for a clean file, or "
        "print and scan it."
    ),
    "broken": gettext_lazy(
        "“%(file)s” is damaged and cannot be read. Open it on your computer, save it anew, try again."
    ),
    "cut-off": gettext_lazy("“%(file)s” is incomplete: its end is missing. Copy or send it again from where it came."),
    "locked": gettext_lazy("“%(file)s” is protected by a password. Save it without the password and bring it again."),
    "launches": gettext_lazy(
        "“%(file)s” would start a program when it is opened. It was not kept. Print it and scan the print."
    ),
    "macros": gettext_lazy(
        "“%(file)s” contains macros, that is, program code. Save it without macros (as .docx or .xlsx) or as PDF."
    ),
    "program-inside": gettext_lazy(
        "“%(file)s” contains another file (%(name)s) that could be a program. It was not kept."
    ),
    "fetches": gettext_lazy(
        "“%(file)s” would fetch something from another computer when it is opened. Save it as PDF and bring that."
    ),
    "bomb": gettext_lazy("“%(file)s” would grow without measure when opened (a so-called ZIP bomb). It was not kept."),
    "archive": gettext_lazy("“%(file)s” is an archive. Unpack it and bring the files in it one by one."),
    "too-many-pixels": gettext_lazy(
        "“%(file)s” has %(width)d × %(height)d dots, too many to be decoded safely. Save it smaller and try again."
    ),
    "too-many-pages": gettext_lazy("“%(file)s” has %(pages)d pages; at most %(most)d are taken. Divide it."),
    "too-much": gettext_lazy(
        "“%(file)s” could not be checked within the limits of memory and time. Save it smaller or print and scan it."
    ),
    "busy": gettext_lazy("Many files are being checked just now. Wait a minute, then send “%(file)s” again."),
    "infected": gettext_lazy(
        "The malware scanner found “%(threat)s” in “%(file)s”. It was not kept. Tell who gave it, and your "
        "administrator."
    ),
    "not-scanned": gettext_lazy(
        "The malware scanner does not answer, and without it no file is taken. Try again later or tell the "
        "administrator."
    ),
}
FOUND: dict[str, str | Promise] = {
    "program": gettext_lazy("program"),
    "archive": gettext_lazy("archive"),
    "markup": gettext_lazy("web page or drawing with code"),
    "picture": gettext_lazy("picture of another kind"),
    "text": gettext_lazy("text file"),
    "heic": gettext_lazy("iPhone photo (HEIC)"),
    "ole": gettext_lazy("Office file"),
    "zip": gettext_lazy("archive"),
}
FEATURES: dict[str, str | Promise] = {
    "signed": gettext_lazy("contains an electronic signature (whether it is valid was not checked)"),
    "restricted": gettext_lazy("its maker restricted printing or copying"),
    "script": gettext_lazy("contains script code, so it is only given for download"),
    "forms": gettext_lazy("contains an active form, so it is only given for download"),
    "attachments": gettext_lazy("carries other files inside, so it is only given for download"),
    "media": gettext_lazy("contains sound or film, so it is only given for download"),
}


def named(code: str) -> str:
    """What a kind, or something that is none, is called."""
    if code in KINDS:
        return str(KINDS[code].label)
    return str(FOUND.get(code) or code or _("unknown file"))


def kept(codes: tuple[str, ...]) -> str:
    """The list of what is taken, for a message."""
    return "、".join(KINDS[code].extensions[0].upper() for code in codes)


def sentence(code: str, file: str, **detail: str | int) -> str:
    """The refusal in the reader's language."""
    return str(TEXTS[code]) % {"file": file, **detail}
