"""What nobody should type and somebody will: a form answers with a sentence, never breaks."""

from __future__ import annotations

BAD_TEXTS = {
    "too long": "x" * 30_000,
    "NUL": "a\x00b",
    "line breaks": "one line\r\nBcc: two@example.org\n",
    "a script": "<script>alert(1)</script>",
    "turned round": "\u202egnp.tset\u2066",
    "our own marks": "{{area}}{% raise %}{0.__class__}",
    "negative": "-1",
    "a huge number": "9" * 400,
    "SQL": "'; DROP TABLE agreements_agreement; --",
    "other digits": "\u0661\u0662\u0663",
}
