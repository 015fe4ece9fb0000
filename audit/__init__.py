"""The append-only, chained record of who did what, for inquiry; people read the timeline."""
