#!/usr/bin/env python
"""Django's command-line entry point for casemgr."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        from casemgr.operation.unprepared import advice

        line = "" if "--traceback" in sys.argv else advice(error)
        if not line:
            raise
        sys.exit(line)


if __name__ == "__main__":
    main()
