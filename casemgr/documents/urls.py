from django.urls import include, path

from casemgr.documents import file_views, views

urlpatterns = [
    path("", include("casemgr.documents.wording.urls")),
    path("", include("casemgr.documents.sealing.urls")),
    path("", include("casemgr.documents.approvals.urls")),
    path("", include("casemgr.documents.delivery.urls")),
    path("documents/<int:pk>/", views.document_detail, name="document_detail"),
    path("documents/<int:pk>/edit/", views.document_edit, name="document_edit"),
    path("documents/<int:pk>/autosave/", views.document_autosave, name="document_autosave"),
    path("documents/<int:pk>/file/", file_views.document_file, name="document_file"),
    path("documents/<int:pk>/preview/", file_views.document_preview, name="document_preview"),
    path("documents/<int:pk>/actions/<str:name>/", views.document_action, name="document_action"),
    path("documents/services/<int:pk>/proof/", views.document_proof, name="document_proof"),
    path("documents/publications/<int:pk>/proof/", views.publication_proof, name="publication_proof"),
    path("cases/<int:pk>/documents/draft/", views.document_draft, name="document_draft"),
]
