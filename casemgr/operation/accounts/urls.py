"""Pages for administrators: units, users, roles."""

from django.urls import path

from casemgr.operation.accounts import access_log, log_in_pages, units, users

urlpatterns = [
    path("units/", units.unit_tree, name="unit_tree"),
    path("units/new/", units.unit_create, name="unit_create"),
    path("units/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("units/<int:pk>/change/", units.unit_edit, name="unit_edit"),
    path("units/<int:pk>/close/", units.unit_end, name="unit_end"),
    path("users/", users.user_list, name="user_list"),
    path("users/new/", users.user_create, name="user_create"),
    path("users/<int:pk>/", users.user_detail, name="user_detail"),
    path("users/<int:pk>/name/", users.user_rename, name="user_rename"),
    path("users/<int:pk>/roles/", users.user_assign_role, name="user_assign_role"),
    path("users/<int:pk>/account/", users.user_set_active, name="user_set_active"),
    path("users/<int:pk>/unlock/", users.user_unlock, name="user_unlock"),
    path("users/<int:pk>/password/", users.user_reset_password, name="user_reset_password"),
    path("users/<int:pk>/sessions/", log_in_pages.user_end_sessions, name="user_end_sessions"),
    path("users/<int:pk>/new-password/", log_in_pages.user_ask_password, name="user_ask_password"),
    path("users/<int:pk>/second-factor/", log_in_pages.user_reset_factor, name="user_reset_factor"),
    path("second-factor-rules/", log_in_pages.second_factor_rules, name="second_factor_rules"),
    path("roles/<int:pk>/end/", users.role_end, name="role_end"),
    path("access-log/", access_log.access_log, name="access_log"),
]
