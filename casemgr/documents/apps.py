from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "casemgr.documents"
