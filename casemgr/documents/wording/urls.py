from django.urls import path

from casemgr.documents.wording import phrase_views, views

urlpatterns = [
    path("wording/", views.wording_list, name="wording_list"),
    path("wording/passages/<str:code>/", views.wording_passage, name="wording_passage"),
    path("wording/passages/<str:code>/draft/", views.wording_propose, name="wording_propose"),
    path("wording/<int:pk>/", views.wording_detail, name="wording_detail"),
    path("wording/<int:pk>/trial/", views.wording_trial, name="wording_trial"),
    path("wording/<int:pk>/trial/file/", views.wording_trial_file, name="wording_trial_file"),
    path("wording/<int:pk>/actions/<str:name>/", views.wording_action, name="wording_action"),
    path("wording/phrases/", phrase_views.phrase_list, name="phrase_list"),
    path("wording/phrases/new/", phrase_views.phrase_add, name="phrase_add"),
    path("wording/phrases/<int:pk>/", phrase_views.phrase_change, name="phrase_change"),
    path("wording/phrases/<int:pk>/retire/", phrase_views.phrase_retire, name="phrase_retire"),
]
