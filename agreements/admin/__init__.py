"""The administration pages of agreements: to look at only. Whatever changes, a service changes."""

from agreements.admin import agreements, data_sharing, groups, texts
