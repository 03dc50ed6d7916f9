from django.urls import path

from mediation.tables import pages

urlpatterns = [
    path("tables/", pages.table_list, name="table_list"),
    path("tables/submit/", pages.table_submit, name="table_submit"),
    path("tables/rules/", pages.table_rules, name="table_rules"),
    path("tables/rules/new/", pages.table_rule_new, name="table_rule_new"),
    path("tables/entries/", pages.table_entries, name="table_entries"),
    path("tables/entries/funds/", pages.table_funds_new, name="table_funds_new"),
    path("tables/entries/<int:pk>/strike/", pages.table_entry_strike, name="table_entry_strike"),
    path("tables/returns/<int:pk>/", pages.table_return, name="table_return"),
    path("tables/returns/<int:pk>/<str:name>/", pages.table_return_action, name="table_return_action"),
    path("tables/<str:code>/", pages.table_sheet, name="table_sheet"),
    path("tables/<str:code>/rows/", pages.table_rows, name="table_rows"),
    path("tables/<str:code>/file/<str:form>/", pages.table_file, name="table_file"),
]
