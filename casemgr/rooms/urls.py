"""Addresses of rooms and bookings."""

from django.urls import path

from casemgr.rooms import pages

urlpatterns = [
    path("rooms/", pages.room_list, name="room_list"),
    path("rooms/new/", pages.room_new, name="room_new"),
    path("rooms/<int:pk>/", pages.room_detail, name="room_detail"),
    path("rooms/<int:pk>/<str:name>/", pages.room_action, name="room_action"),
    path("bookings/new/", pages.booking_new, name="booking_new"),
    path("bookings/<int:pk>/", pages.booking_detail, name="booking_detail"),
    path("bookings/<int:pk>/<str:name>/", pages.booking_action, name="booking_action"),
]
