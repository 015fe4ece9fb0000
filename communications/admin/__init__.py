from communications.admin import announcements, drafts  # noqa: F401 - they register themselves
