from django.urls import path

from casemgr.assessment.plan import pages as plan

urlpatterns = [
    path("assessment/plans/", plan.plan_list, name="plan_list"),
    path("assessment/plans/new/", plan.plan_new, name="plan_new"),
    path("assessment/plans/<int:year>/", plan.plan_detail, name="plan_detail"),
    path("assessment/plans/<int:year>/<str:name>/", plan.plan_action, name="plan_action"),
    path("assessment/clauses/<int:pk>/", plan.clause_detail, name="plan_clause"),
    path("assessment/clauses/<int:pk>/<str:name>/", plan.clause_action, name="plan_clause_action"),
    path("assessment/files/<int:pk>/", plan.assessment_file, name="assessment_file"),
]
