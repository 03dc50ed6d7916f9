from django.urls import path

from casemgr.documents.approvals import views

urlpatterns = [
    path("documents/<int:pk>/approval/", views.approval_sheet_file, name="document_approval"),
    path("documents/<int:pk>/changes/", views.document_changes, name="document_changes"),
]
