from django.urls import path

from casemgr.cases import views

urlpatterns = [
    path("work/", views.worklist, name="worklist"),
    path("cases/", views.case_list, name="case_list"),
    path("cases/<int:pk>/", views.case_detail, name="case_detail"),
    path("cases/<int:pk>/deadlines/<int:deadline_id>/", views.deadline_explain, name="deadline_explain"),
    path("cases/<int:pk>/actions/<str:name>/", views.case_action, name="case_action"),
]
