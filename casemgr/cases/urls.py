from django.urls import path

from casemgr.cases import views
from casemgr.cases.referrals import views as referrals

urlpatterns = [
    path("work/", views.worklist, name="worklist"),
    path("cases/", views.case_list, name="case_list"),
    path("cases/<int:pk>/", views.case_detail, name="case_detail"),
    path("cases/<int:pk>/deadlines/<int:deadline_id>/", views.deadline_explain, name="deadline_explain"),
    path("cases/<int:pk>/actions/<str:name>/", views.case_action, name="case_action"),
    path("cases/<int:pk>/line/", referrals.case_line, name="case_line"),
    path("cases/<int:pk>/refer/", referrals.referral_draft, name="referral_draft"),
    path("referrals/", referrals.referral_list, name="referral_list"),
    path("referrals/new/", referrals.referral_register, name="referral_register"),
    path("referrals/<int:pk>/", referrals.referral_detail, name="referral_detail"),
    path("referrals/<int:pk>/actions/<str:name>/", referrals.referral_action, name="referral_action"),
]
