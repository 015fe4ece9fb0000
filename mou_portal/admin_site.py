"""Django admin, for system administrators, behind the portal's own log-in."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth import logout as log_out
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from mou_portal.admin_tasks import by_task


class PortalAdminConfig(AdminConfig):
    default_site = "mou_portal.admin_site.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        # Imported late: it needs the models of every room.
        from mou_portal.administration import set_up

        set_up()


class PortalAdminSite(AdminSite):
    site_header = "MoU portal: administration"
    site_title = "MoU portal"
    index_title = "Administration of the portal"
    site_url = "/"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The first page begins with what keeps the portal from its work, and what failed."""
        # Imported late: they need the models of the rooms.
        from mou_portal.administration import alarms
        from mou_portal.health import problems, shortcomings

        found = {"problems": problems() + shortcomings(), "alarms": alarms()}
        return super().index(request, found | (extra_context or {}))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """By task; on the page of one app, as Django has it, in the tasks' words."""
        tasks = by_task(
            self._build_app_dict(request).values(),
            pages=bool(getattr(request.user, "is_superuser", False)),
        )
        if app_label is None:
            return tasks
        named = {model["model"]: model for task in tasks for model in task["models"]}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"] = [named[model["model"]] for model in app["models"]]
        return apps

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With `table`, what this list is called, and `task`, where it stands."""
        context = super().each_context(request)
        for task in context["available_apps"]:
            for model in task["models"]:
                if model["admin_url"] == request.path:
                    context |= {"task": task, "table": model["name"]}
        return context

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one log-in path. Whoever gets here lacks the right: the portal says so."""
        raise PermissionDenied

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """One's password is changed in the portal, which tells one by e-mail."""
        return redirect("account_change_password")

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        log_out(request)
        return redirect("account_login")
