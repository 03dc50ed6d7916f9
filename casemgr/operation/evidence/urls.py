from django.urls import path

from casemgr.operation.evidence import views

urlpatterns = [
    path("evidence/seals/", views.seal_list, name="seal_list"),
    path("evidence/seals/verify/", views.seal_verify, name="seal_verify"),
    path("evidence/seals/sheet/", views.seal_sheet, name="seal_sheet"),
]
