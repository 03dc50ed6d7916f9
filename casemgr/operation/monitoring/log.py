"""Log lines as JSON, one object a line, without personal numbers: for machines that collect them."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar

from casemgr.pages.masking import without_numbers

request_id: ContextVar[str] = ContextVar("request_id", default="")
EXTRA = ("view", "status", "ms", "user", "method", "job")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the request's id, and what the line was given of `EXTRA`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return without_numbers(json.dumps(line, ensure_ascii=False, default=str))
