"""The Celery application, used when `CELERY_BROKER_URL` is set; otherwise `manage.py worker` does the same work."""

import logging
import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
app = Celery("casemgr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The schedule itself stands once, in casemgr.jobs.runner; beat only asks every minute what is due.
app.conf.beat_schedule = {"queue-due": {"task": "casemgr.jobs.queue_due", "schedule": 60.0}}


@setup_logging.connect
def log_as_everywhere(**_sender: Any) -> None:
    """Celery would put handlers of its own in place of ours, and print numbers that ours mask."""
    logging.config.dictConfig(settings.LOGGING)


@beat_init.connect
def look_at_once(**_sender: Any) -> None:
    """A beat that starts does not wait a minute: it queues what became due while it was away."""
    try:
        app.send_task("casemgr.jobs.queue_due")
    except Exception:
        logging.getLogger(__name__).warning("the broker does not answer; beat tries again in a minute")
