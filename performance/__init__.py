"""Requests with response times: what is asked, by when it is answered, and what came of it."""
