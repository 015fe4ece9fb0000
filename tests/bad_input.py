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

# For proofs, which try each of them in every field there is.
ANY_TEXTS = [
    *BAD_TEXTS.values(),
    *("", " ", "\n", "\t\t", "\x00", "\x0b", "\x1b[31m", "\u2028\u2029", "\xad\u200b\ufeff"),
    *("0", "-0", "+1", "1_000", "1.5", "1,5", "1e999", "NaN", "Infinity", "0x10", "\xb2", "\xbd"),
    *("\uff11\uff12", "2147483648", "9223372036854775808", "-9223372036854775809", "9" * 5000),
    *("True", "None", "null", "[]", "{}", "[1", '{"a": [', "__proto__", "..", "../../etc/passwd"),
    *("0001-01-01", "9999-12-31", "2013-02-29", "31", "24:00", "0:00 am", "25:61", "12:60 pm"),
    *("{{7*7}}", "${7*7}", "{{", "{{lead:publication}}", "{{ref:nothing}}", "%s%n%(x)s", "{0}"),
    *("' OR 1=1 --", '"; --', "1); SELECT pg_sleep(9) --", "\\", "\\'", "%", "_", "*(|(uid=*))"),
    *('"><img src=x onerror=alert(1)>', "javascript:alert(1)", "<!--", "]]>", "<?php ?>", "&#0;"),
    *("a\r\nSet-Cookie: a=b", "a@example.org\nBcc: b@example.org", "a@b@c", "@", "a@" + "b." * 200),
    *("\u0645\u0631\u062d\u0628\u0627", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "e" + "\u0301" * 999),
    *("\ud800", "a\udfffb", "\ufffe\uffff", "\U0010ffff", "\u202eabc", "=1+1", "@SUM(1)",
    "[" * 3000),
    *("> " * 2000 + "x", "|a|\n" * 500, "* " * 2000, "https://example.org/" + "a" * 3000,
    "\n" * 5000),
]  # fmt: skip
# As much as a form may hold at all: in one field of each form, for what it takes to read it.
A_MEGABYTE = "x" * 1_000_000
# Days, months and years that a form of three boxes may be given.
ANY_DATES = [
    ("1", "1", "1"), ("1", "1", "0001"), ("31", "12", "9999"), ("30", "12", "9998"),
    ("29", "2", "2012"), ("29", "2", "2013"), ("31", "4", "2013"), ("0", "0", "0"),
    ("-1", "-1", "-1"), ("1", "1", "10000"), ("1", "1", "99"), ("31", "12", "1899"), ("1", "", ""),
    ("\uff11", "\u0661", "\u0662\u0660\u0661\u0663"), ("1", "january", "2013"), ("1.0", "1e0",
    "2013"),
    ("9" * 400, "1", "2013"), ("29", "2", "9996"), ("\x00", "\x00", "\x00"), ("1", "1",
    "2147483648"),
]  # fmt: skip
