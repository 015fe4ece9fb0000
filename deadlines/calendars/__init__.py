"""Dates as calendars take them: feeds to subscribe to, and what an e-mail carries (X06)."""
