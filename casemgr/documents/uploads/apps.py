from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "casemgr.documents.uploads"
    label = "uploads"

    def ready(self) -> None:
        from casemgr.documents import orphans
        from casemgr.documents.uploads import evidence

        evidence.register()
        orphans.own("materials", "uploads.Material", "file", "original_file")
