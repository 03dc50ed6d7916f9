from django.apps import AppConfig


class TimelimitsConfig(AppConfig):
    name = "casemgr.timelimits"
