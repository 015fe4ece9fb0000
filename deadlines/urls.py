from __future__ import annotations

from django.urls import path

from deadlines.views import preferences, undelivered

app_name = "deadlines"
urlpatterns = [
    path("mail/<str:token>/", preferences.by_mail, name="preferences_by_mail"),
    path("account/mail/", preferences.of_reader, name="preferences"),
    path("undelivered/", undelivered.listed, name="undelivered"),
    path("undelivered/<int:pk>/again/", undelivered.again, name="undelivered_again"),
    path("undelivered/<int:pk>/leave/", undelivered.left, name="undelivered_left"),
]
