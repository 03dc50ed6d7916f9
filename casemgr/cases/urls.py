from django.urls import path

from casemgr.cases import access_explained, views
from casemgr.cases.drafts import views as drafts
from casemgr.cases.emergency import views as emergency
from casemgr.cases.people import absence_views as absences
from casemgr.cases.people import views as people
from casemgr.cases.reassigning import views as reassigning
from casemgr.cases.recomputation import views as recomputation
from casemgr.cases.referrals import views as referrals
from casemgr.cases.representation import views as representation

urlpatterns = [
    path("work/", views.worklist, name="worklist"),
    path("cases/", views.case_list, name="case_list"),
    path("cases/<int:pk>/", views.case_detail, name="case_detail"),
    path("cases/<int:pk>/deadlines/<int:deadline_id>/", views.deadline_explain, name="deadline_explain"),
    path("cases/<int:pk>/actions/<str:name>/", views.case_action, name="case_action"),
    path("cases/<int:pk>/participants/", representation.case_members, name="case_members"),
    path("cases/<int:pk>/participants/enter/", representation.case_members_enter, name="case_members_enter"),
    path("cases/<int:pk>/line/", referrals.case_line, name="case_line"),
    path("cases/<int:pk>/refer/", referrals.referral_draft, name="referral_draft"),
    path("access/why/", access_explained.access_why, name="access_why"),
    path("access/emergency/", emergency.emergency, name="emergency"),
    path("access/emergency/review/", emergency.emergency_review, name="emergency_review"),
    path("access/emergency/review/<int:pk>/", emergency.emergency_judge, name="emergency_judge"),
    path("cases/export/", people.case_export, name="case_export"),
    path("cases/recent/", people.recent_cases, name="case_recent"),
    path("cases/conditions/", people.filter_save, name="filter_save"),
    path("cases/conditions/<int:pk>/remove/", people.filter_remove, name="filter_remove"),
    path("cases/handover/", reassigning.handover, name="case_handover"),
    path("cases/assign/", reassigning.assign_many, name="case_assign_many"),
    path("cases/reassignments/<int:pk>/", reassigning.reassignment, name="reassignment"),
    path("absences/", absences.absence_list, name="absence_list"),
    path("absences/new/", absences.absence_new, name="absence_new"),
    path("absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("drafts/<str:action>/save/", drafts.draft_save, name="draft_save"),
    path("drafts/<int:pk>/discard/", drafts.draft_discard, name="draft_discard"),
    path("reminders/new/", people.reminder_new, name="reminder_new"),
    path("reminders/<int:pk>/done/", people.reminder_done, name="reminder_done"),
    path("referrals/", referrals.referral_list, name="referral_list"),
    path("referrals/new/", referrals.referral_register, name="referral_register"),
    path("referrals/<int:pk>/", referrals.referral_detail, name="referral_detail"),
    path("referrals/<int:pk>/actions/<str:name>/", referrals.referral_action, name="referral_action"),
    path("calendar/notices/", recomputation.holiday_notice_list, name="holiday_notice_list"),
    path("calendar/notices/new/", recomputation.holiday_notice_enter, name="holiday_notice_enter"),
    path("calendar/notices/withdraw/", recomputation.holiday_notice_withdraw, name="holiday_notice_withdraw"),
    path("calendar/notices/<int:pk>/", recomputation.holiday_notice, name="holiday_notice"),
    path("calendar/notices/<int:pk>/<str:step>/", recomputation.holiday_notice_action, name="holiday_notice_action"),
    path("calendar/recomputations/<int:pk>/", recomputation.recomputation, name="recomputation"),
    path("calendar/recomputations/<int:pk>/moves.csv", recomputation.recomputation_csv, name="recomputation_csv"),
]
