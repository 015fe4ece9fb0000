"""The administration pages of agreements: to look at only. Whatever changes, a service changes."""

from agreements.admin import agreements, groups, texts
