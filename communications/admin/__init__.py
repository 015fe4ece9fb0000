from communications.admin import announcements, drafts  # they register themselves
