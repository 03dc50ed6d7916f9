from django.urls import path

from casemgr.parties import action_views, merge_views, split_views, views
from casemgr.parties.data_requests import views as requests

urlpatterns = [
    path("data-requests/", requests.data_request_list, name="data_request_list"),
    path("data-requests/<int:pk>/", requests.data_request_detail, name="data_request_detail"),
    path("data-requests/<int:pk>/file/", requests.data_request_file, name="data_request_file"),
    path("parties/", views.party_list, name="party_list"),
    path("parties/new/", views.party_new, name="party_new"),
    path("parties/lookup/", views.party_lookup, name="party_lookup"),
    path("parties/similar/", views.party_similar, name="party_similar"),
    path("parties/duplicates/", merge_views.duplicate_list, name="duplicate_list"),
    path("parties/duplicates/<int:pk>/different/", merge_views.duplicate_settle, name="duplicate_settle"),
    path("parties/merges/<int:pk>/", merge_views.merge_detail, name="merge_detail"),
    path("parties/splits/<int:pk>/", split_views.split_detail, name="split_detail"),
    path("parties/<int:pk>/split/", split_views.split_propose, name="split_propose"),
    path("parties/<int:pk>/merge/", merge_views.merge_propose, name="merge_propose"),
    path("parties/<int:pk>/", views.party_detail, name="party_detail"),
    path("parties/<int:pk>/actions/<str:name>/", action_views.party_action, name="party_action"),
    path("parties/<int:pk>/number/", views.party_number, name="party_number"),
    path("parties/<int:pk>/correct/", views.party_correct, name="party_correct"),
]
