"""Organisations and people: who there is, what they are called, and for whom they may act."""
