"""Logs beside the text: what was learned (A32, B21), who was asked (C04), which risks (C08)."""
