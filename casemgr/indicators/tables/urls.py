from django.urls import path

from casemgr.indicators.tables import pages

urlpatterns = [
    path("indicators/tables/", pages.table_list, name="official_list"),
    path("indicators/tables/<slug:code>/", pages.table_sheet, name="official_sheet"),
    path("indicators/tables/<slug:code>/rows/", pages.table_rows, name="official_rows"),
    path("indicators/tables/<slug:code>/differences/", pages.table_differences, name="official_differences"),
    path("indicators/tables/<slug:code>/file/<slug:form>/", pages.table_file, name="official_file"),
]
