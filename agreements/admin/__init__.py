"""The administration pages of agreements: to look at only. Whatever changes, a service changes."""

# Written by the colleague for templates: please leave.

from agreements.admin import agreements, signatures, templates, versions  # noqa: F401 - register
