from django.urls import path

from casemgr.boards import pages
from casemgr.boards.alerts import pages as alerts

urlpatterns = [
    path("boards/", pages.board_home, name="board_home"),
    path("boards/alerts/", alerts.alert_list, name="alert_list"),
    path("boards/alerts/<int:pk>/note/", alerts.alert_note, name="alert_note"),
    path("boards/alert-rules/", alerts.alert_rule_list, name="alert_rule_list"),
    path("boards/alert-rules/new/", alerts.alert_rule_new, name="alert_rule_new"),
    path("boards/alert-rules/<int:pk>/", alerts.alert_rule_change, name="alert_rule_change"),
    path("boards/counts/<slug:code>/", pages.board_count, name="board_count"),
    path("boards/<slug:code>/", pages.board_page, name="board"),
    path("boards/<slug:code>/pdf/", pages.board_pdf, name="board_pdf"),
]
