"""Rendering, sealing, checking and storing files; Markdown to safe HTML.

Keep this file empty of imports: the limited child process loads it.
"""
