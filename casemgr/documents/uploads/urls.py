from __future__ import annotations

from django.urls import path

from casemgr.documents.uploads import views

urlpatterns = [
    path("cases/<int:pk>/materials/", views.material_list, name="material_list"),
    path("cases/<int:pk>/materials/add/", views.material_add, name="material_add"),
    path("materials/<int:pk>/", views.material_detail, name="material_detail"),
    path("materials/<int:pk>/file/", views.material_file, name="material_file"),
    path("materials/<int:pk>/original/", views.material_original, name="material_original"),
    path("materials/<int:pk>/actions/<str:name>/", views.material_action, name="material_action"),
]
