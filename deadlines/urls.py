from __future__ import annotations

from django.urls import path

from deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("mail/<str:token>/", views.preferences_by_mail, name="preferences_by_mail"),
    path("account/mail/", views.preferences, name="preferences"),
]
