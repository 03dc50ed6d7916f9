"""The malware scanner, when one is set up: clamd, spoken to by its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 64 * 1024


class ScannerUnreachable(Exception):
    """It does not answer, or answers something else than a finding: the file counts as not scanned."""


@dataclass(frozen=True)
class Clamd:
    """`url` is `tcp://host:port` or `unix:///path`."""

    url: str
    seconds: float = 60.0

    def threat_in(self, pieces: Iterable[bytes]) -> str:
        """The name of what was found, or an empty text. :raises ScannerUnreachable: nothing can be said."""
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                for piece in pieces:
                    for start in range(0, len(piece), PIECE):
                        part = piece[start : start + PIECE]
                        line.sendall(struct.pack(">I", len(part)) + part)
                line.sendall(struct.pack(">I", 0))
                answer = _read(line)
        except OSError as error:
            raise ScannerUnreachable(str(error)) from error
        if answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")[:80]
        if answer == "stream: OK":
            return ""
        raise ScannerUnreachable(answer[:200])

    def _connected(self) -> socket.socket:
        address = urlsplit(self.url)
        if address.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self.seconds)
            try:
                line.connect(address.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection((address.hostname or "127.0.0.1", address.port or 3310), self.seconds)


def _read(line: socket.socket) -> str:
    answer = b""
    while len(answer) < 4096 and not answer.endswith(b"\0") and (piece := line.recv(4096)):
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def scanner() -> Clamd | None:
    """The configured scanner, or None: then nothing claims that a file was scanned."""
    return Clamd(settings.CLAMD_URL, settings.CLAMD_SECONDS) if settings.CLAMD_URL else None
