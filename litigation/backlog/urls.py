from django.urls import path

from litigation.backlog import pages

urlpatterns = [
    path("backlog/", pages.board, name="backlog_board"),
    path("backlog/items/", pages.item_list, name="backlog_items"),
    path("backlog/items/new/", pages.item_new, name="backlog_item_new"),
    path("backlog/items/<int:pk>/", pages.item_detail, name="backlog_item"),
    path("backlog/items/<int:pk>/<str:name>/", pages.item_action, name="backlog_item_action"),
    path("backlog/years/new/", pages.year_new, name="backlog_year_new"),
    path("backlog/years/<int:pk>/<str:name>/", pages.year_action, name="backlog_year_action"),
    path("backlog/returns/", pages.return_list, name="backlog_returns"),
    path("backlog/returns/new/", pages.return_new, name="backlog_return_new"),
]
