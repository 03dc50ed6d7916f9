from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "casemgr.organisation"
