from django.urls import path

from casemgr.indicators.tables import office_pages, pages

urlpatterns = [
    path("indicators/tables/", pages.table_list, name="official_list"),
    path("indicators/tables/locks/", office_pages.lock_list, name="official_locks"),
    path("indicators/tables/locks/new/", office_pages.lock_new, name="official_lock_new"),
    path("indicators/tables/locks/<int:pk>/", office_pages.lock_detail, name="official_lock"),
    path("indicators/tables/lines/", office_pages.line_list, name="official_lines"),
    path("indicators/tables/lines/new/", office_pages.line_new, name="official_line_new"),
    path("indicators/tables/lines/<int:pk>/<str:name>/", office_pages.line_action, name="official_line_action"),
    path("indicators/tables/layouts/", office_pages.layout_list, name="official_layouts"),
    path("indicators/tables/layouts/new/", office_pages.layout_new, name="official_layout_new"),
    path("indicators/tables/layouts/<int:pk>/file/", office_pages.layout_file, name="official_layout_file"),
    path("indicators/tables/layouts/<int:pk>/<str:name>/", office_pages.layout_action, name="official_layout_action"),
    path("indicators/tables/<slug:code>/", pages.table_sheet, name="official_sheet"),
    path("indicators/tables/<slug:code>/rows/", pages.table_rows, name="official_rows"),
    path("indicators/tables/<slug:code>/differences/", pages.table_differences, name="official_differences"),
    path("indicators/tables/<slug:code>/file/<slug:form>/", pages.table_file, name="official_file"),
]
