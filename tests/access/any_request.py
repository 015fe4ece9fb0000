"""Requests as a browser, a program or an attacker may send them: any method, path, header, body."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import World
from tests.bad_input import ANY_TEXTS

METHODS = (
    ["GET"] * 6 + ["POST"] * 6 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "X", ""]
)
NUMBERS = ["0", "1", "2", "99999", "2147483648", "9223372036854775808", "9" * 60, "-1", "01"]
# What the portal's addresses may say behind the question mark, and what others say there.
ASKED = (
    "q", "page", "all", "next", "typed", "state", "kind", "role", "mine", "from", "to", "with",
    "sort", "o", "e", "p", "_changelist_filters", "_popup", "_to_field", "id__exact", "pk__in",
    "organisation", "person", "agreement", "year", "month", "day", "version", "key", "copy", "",
    "after", "below", "name", "proposed", "template", "ended",
)  # fmt: skip
TEXTS = [text for text in ANY_TEXTS if len(text) < 6000]
HOSTS = ["evil.example", "testserver:99999", "a b", "testserver\x00", "[::1", "[::1]:80", "", "..",
         "xn--\xff", "testserver, evil.example", "TESTSERVER", "a" * 5000]  # fmt: skip
TYPES = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json", "text/xml",
         "multipart/form-data; boundary=", "multipart/form-data; boundary=b", "nonsense", "/",
         "application/x-www-form-urlencoded; charset=nonsense",
         "multipart/form-data; boundary=\x00",
         "multipart/form-data; boundary=" + "b" * 300,
         "application/x-www-form-urlencoded;charset=utf-7",
         ]  # fmt: skip
BODIES = [
    b"", b"\x00\xff\xfe" * 40, b"a" * 20_000, b"&" * 900, b"a=1&" * 1100, b"%zz=%u1234&=&a",
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', b"--b--", b"--b\r\n\r\n\r\n--b--",
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="../\x00x.pdf"\r\n\r\n%P\r\n--b--',
    b'--b\r\nContent-Disposition: form-data; name="f"; filename*=nope\'\'%ff\r\n\r\nx\r\n--b--\r\n',
    b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!\r\n--b--",
    b'{"a": [', b"[" * 5000, b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
]  # fmt: skip
COOKIES = ["session=x", "session=" + "a" * 32, "csrftoken=", "messages=x:y:z",
    "a=b; a=c; ;;=; \xff",
           'known_browser="x:y:z"', "=" * 3000, 'session="\\777\\"', "sessionid=\x00"]  # fmt: skip
HEADERS = {
    "HTTP_REFERER": ["http://[", "http://testserver/\x00", "//evil.example", "x" * 9000,
    "http://testserver/a?b#c"],
    "HTTP_ORIGIN": ["null", "http://[", "https://evil.example", "http://testserver:x"],
    "HTTP_X_FORWARDED_FOR": ["x", "1.2.3.4, ::ffff:1.2.3.4%x", "," * 500, "\xff", "127.0.0.1:99"],
    "HTTP_X_FORWARDED_PROTO": ["https", "x", ""],
    "HTTP_X_FORWARDED_HOST": ["evil.example"],
    "HTTP_ACCEPT_LANGUAGE": ["de-DE,xx;q=x", "*", "a" * 5000, "\xff;q=9"],
    "HTTP_ACCEPT_ENCODING": ["gzip;q=x", "\xff", "gzip, deflate, br"],
    "HTTP_ACCEPT": ["application/json", "x", "*/*;q=9;q"],
    "HTTP_IF_MODIFIED_SINCE": ["x", "Mon, 99 Feb 9999 00:00:00 GMT",
    "Sat, 01 Jan 0000 00:00:00 GMT"],
    "HTTP_IF_NONE_MATCH": ["x", '"a', "*", 'W/"' + "a" * 900],
    "HTTP_RANGE": ["bytes=0-", "bytes=9-1", "bytes=-x", "bytes=99999999999999999999-", "x=1"],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_CSRFTOKEN": ["\x00", "a" * 64],
    "HTTP_AUTHORIZATION": ["Basic \xff", "Bearer x"],
    "CONTENT_LENGTH": ["0", ""],  # a web server refuses what is no number
    "REMOTE_ADDR": ["", "not an address", "::1"],
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One request as a web server hands it on: path and headers are bytes, read as Latin-1."""

    asker: str
    method: str
    environ: dict[str, str]
    body: bytes

    def __str__(self) -> str:
        said = {name: value[:120] for name, value in self.environ.items()}
        return f"{self.asker} {self.method} {said} {self.body[:80]!r}"


class Requests:
    """As many as one asks for, made by chance of what the portal knows and of what it does not."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.world, self.chance = world, chance
        self.routes = sorted(set(routes(get_resolver())))
        # Half of them come without a log-in, as an attacker first does.
        self.askers = [*world.askers, *["anonymous"] * 15, "manager", "system_administrator"]

    def one(self) -> Request:
        pick = self.chance.random
        environ = {"PATH_INFO": as_latin(self.path()), "QUERY_STRING": as_latin(self.query())}
        if pick() < 0.3:
            name = self.chance.choice(list(HEADERS))
            environ[name] = self.chance.choice(HEADERS[name])
        if pick() < 0.15:
            environ["HTTP_HOST"] = self.chance.choice(HOSTS)
        if pick() < 0.15:
            environ["HTTP_COOKIE"] = self.chance.choice(COOKIES)
        asker, method = self.chance.choice(self.askers), self.chance.choice(METHODS)
        environ["CONTENT_TYPE"] = self.chance.choice(TYPES[:2] * 6 + TYPES)
        return Request(
            asker, method, environ, self.body() if method not in ("GET", "HEAD") else b""
        )

    def path(self) -> str:
        """A page's own address mostly, one with other things in its place, or any text."""
        pick = self.chance.random()
        if pick < 0.05:
            return "/" + self.text() + self.chance.choice(["", "/", "//", "/.", "/%2e%2e/"])
        route = self.chance.choice(self.routes)
        fitting = self.world.places[self.chance.choice(list(self.world.places))]
        parts = []
        for part in route.split("<"):
            kind, closed, rest = part.rpartition(">")
            parts.append((self.filling(kind, fitting) if closed else "") + rest)
        return "/" + "".join(parts)

    def filling(self, kind: str, fitting: dict[str, Any]) -> str:
        name = kind.rpartition(":")[2]
        if name in fitting and self.chance.random() < 0.7:
            return str(fitting[name])
        return self.chance.choice(NUMBERS) if self.chance.random() < 0.6 else self.text()

    def query(self) -> str:
        if self.chance.random() < 0.5:
            return ""
        if self.chance.random() < 0.1:
            return self.text()
        asked = [(self.chance.choice(ASKED), self.text()) for _ in range(self.chance.randrange(4))]
        return urlencode(asked, errors="surrogatepass")

    def body(self) -> bytes:
        if self.chance.random() < 0.6:
            return self.chance.choice(BODIES)
        return urlencode(
            [(self.chance.choice(ASKED), self.text()) for _ in range(5)], errors="surrogatepass"
        ).encode()

    def text(self) -> str:
        return (
            self.chance.choice(TEXTS) if self.chance.random() < 0.7 else self.chance.choice(NUMBERS)
        )


def as_latin(text: str) -> str:
    """The bytes of a text, each as one letter: so WSGI gives paths and headers."""
    return text.encode(errors="surrogatepass").decode("latin-1")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The address of every page, of the administration site too, with <kind:name> in it."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern).lstrip("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each, route)
