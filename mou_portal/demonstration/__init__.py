"""Demonstration data: invented people and organisations, and agreements made by the services.

Nothing here is written past a service, so what it shows is what the portal does.
"""
