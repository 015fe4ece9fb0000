"""Telling first: heads-ups to many at once before a message or a decision (record 0076)."""
