"""Meetings that agreements ask for: series, agendas, who came, notes."""
