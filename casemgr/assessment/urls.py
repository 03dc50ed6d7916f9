from django.urls import path

from casemgr.assessment.causes import pages as causes
from casemgr.assessment.plan import pages as plan
from casemgr.assessment.reports import pages as reports
from casemgr.assessment.sheets import pages as sheets

urlpatterns = [
    path("assessment/plans/", plan.plan_list, name="plan_list"),
    path("assessment/plans/new/", plan.plan_new, name="plan_new"),
    path("assessment/plans/<int:year>/", plan.plan_detail, name="plan_detail"),
    path("assessment/plans/<int:year>/<str:name>/", plan.plan_action, name="plan_action"),
    path("assessment/clauses/<int:pk>/", plan.clause_detail, name="plan_clause"),
    path("assessment/clauses/<int:pk>/<str:name>/", plan.clause_action, name="plan_clause_action"),
    path("assessment/files/<int:pk>/", plan.assessment_file, name="assessment_file"),
    path("assessment/sheets/", sheets.sheet_list, name="sheet_list"),
    path("assessment/sheets/new/", sheets.sheet_new, name="sheet_new"),
    path("assessment/sheets/rows/<int:pk>/", sheets.sheet_rows, name="sheet_rows"),
    path("assessment/sheets/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("assessment/sheets/<int:pk>/file/<str:form>/", sheets.sheet_file, name="sheet_file"),
    path("assessment/sheets/<int:pk>/<str:name>/", sheets.sheet_action, name="sheet_action"),
    path("assessment/reports/", reports.report_list, name="report_list"),
    path("assessment/reports/new/", reports.report_new, name="report_new"),
    path("assessment/reports/<int:pk>/", reports.report_detail, name="report_detail"),
    path("assessment/reports/<int:pk>/file/<str:form>/", reports.report_file, name="report_file"),
    path("assessment/reports/<int:pk>/<str:name>/", reports.report_action, name="report_action"),
    path("assessment/causes/", causes.cause_tables, name="cause_tables"),
    path("assessment/causes/cases/", causes.cause_rows, name="cause_rows"),
    path("assessment/causes/cases/<int:pk>/", causes.cause_record, name="cause_record"),
    path("assessment/causes/letters/", causes.cause_letters, name="cause_letters"),
    path("assessment/causes/flaws/", causes.flaw_list, name="flaw_list"),
    path("assessment/causes/flaws/new/", causes.flaw_new, name="flaw_new"),
    path("assessment/causes/flaws/<int:pk>/", causes.flaw_edit, name="flaw_edit"),
]
