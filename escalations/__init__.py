"""Disagreements: their levels, who acts on each, what was tried and what was agreed."""
