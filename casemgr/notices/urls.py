"""Addresses of the notices' pages."""

from django.urls import path

from casemgr.notices import receipts, views

urlpatterns = [
    path("notices/", views.inbox, name="notice_inbox"),
    path("notices/read/", views.mark_read, name="notice_read"),
    path("notices/<int:pk>/open/", views.open_notice, name="notice_open"),
    path("notices/preferences/", views.preferences, name="notice_preferences"),
    path("notices/preferences/calendar/", views.feed_token, name="notice_feed_token"),
    path("notices/ladder/", views.ladder, name="notice_ladder"),
    path("notices/ladder/<int:pk>/remove/", views.ladder_remove, name="notice_ladder_remove"),
    path("notices/deliveries/", views.deliveries, name="notice_deliveries"),
    path("notices/receipts/", receipts.sms_receipt, name="sms_receipt"),
    path("feeds/<str:token>.ics", views.feed_file, name="notice_feed"),
]
