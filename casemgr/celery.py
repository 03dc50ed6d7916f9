"""The Celery application, used when `CELERY_BROKER_URL` is set; otherwise `manage.py worker` does the same work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgr.settings")
app = Celery("casemgr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The schedule itself stands once, in casemgr.jobs.runner; beat only asks every minute what is due.
app.conf.beat_schedule = {"queue-due": {"task": "casemgr.jobs.queue_due", "schedule": 60.0}}
