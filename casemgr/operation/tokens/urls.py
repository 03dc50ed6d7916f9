from django.urls import path

from casemgr.operation.tokens import views

urlpatterns = [
    path("tokens/", views.token_list, name="api_tokens"),
    path("tokens/new/", views.token_create, name="token_create"),
    path("tokens/all/", views.token_list_all, name="token_list_all"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("systems/", views.system_list, name="system_list"),
    path("systems/new/", views.system_create, name="system_create"),
    path("systems/<int:pk>/", views.system_detail, name="system_detail"),
]
