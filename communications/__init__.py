"""Announcements before they are released: the forward plan, lead times, drafts under embargo."""
