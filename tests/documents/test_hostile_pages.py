"""A page that asks for something outside, or for too much, and the portal that has to print it."""

from __future__ import annotations

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Thread

import pikepdf
import pytest

from agreements.drafting.services.editing import LONGEST_BODY
from documents import limited
from documents.rendering import RenderingFailed, render
from tests.documents.sample import agreement_page
from tests.documents.test_rendering import text_of
from tests.proof_plugin import Proof

# Put into the child, which writes down whatever it asks the system for.
NOTING = """
import sys
def note(event, args):
    if event in WATCHED or event == "open" and str(args[0]).endswith("secret.css"):
        with open(NOTES, "a") as notes:
            notes.write(f"{event} {args!r}\\n")
WATCHED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
           "urllib.Request", "ftplib.connect", "http.client.connect"}
NOTES = %r
sys.addaudithook(note)
"""
# Every way known to make WeasyPrint ask for something: twelve kinds and more, each with an address.
KINDS = {
    "a style sheet": '<link rel=stylesheet href="{a}">',
    "a linked file": '<link rel=attachment href="{a}">',
    "an imported style": "<style>@import url({a});</style>",
    "a font": "<style>@font-face {{ font-family: F; src: url({a}) }} i {{ font-family: F }}</style>"
    "<i>f</i>",
    "a background": "<p style='background: url({a})'>b</p>",
    "a list mark": "<li style='list-style-image: url({a})'>l</li>",
    "generated content": "<style>b::before {{ content: url({a}) }}</style><b>g</b>",
    "a page's picture": "<style>@page {{ @top-left {{ content: url({a}) }} }}</style>"
    "<style>@page {{ background: url({a}) }}</style>",
    "a picture": '<img src="{a}" alt=x>',
    "pictures to choose": '<img srcset="{a} 2x" alt=x><picture><source srcset="{a}"></picture>',
    "an object": '<object data="{a}"></object>',
    "an embedded thing": '<embed src="{a}"><iframe src="{a}"></iframe>',
    "an attached file": '<a rel=attachment href="{a}">attached</a>',
    "a picture in a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{a}"/>'
    '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{a}"/></svg>',
    "a part of a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><use href="{a}#x"/></svg>',
    "a border": "<p style='border-image: url({a}) 30'>b</p>",
}
HUGE = "<p style='width:1e9px;height:1e9px;margin:1e9px;font-size:1e9px;letter-spacing:1e9px'>x</p>"


@dataclass
class Watch:
    """Whether anything was asked for, and what it took."""

    notes: Path
    secret: Path
    port: int
    asked: list[object] = field(default_factory=list)
    cpu: float = 0
    wall: float = 0

    def print_(self, html: str) -> bytes | None:
        """The PDF; None where there is none, which is said in a sentence."""
        cpu, wall = cpu_of_children(), time.monotonic()
        try:
            return render(html)
        except RenderingFailed as refused:
            return None if refused.sentence.endswith(".") else b"refused without a sentence"
        finally:
            self.cpu = max(self.cpu, cpu_of_children() - cpu)
            self.wall = max(self.wall, time.monotonic() - wall)

    @property
    def fetched(self) -> list[str]:
        said = self.notes.read_text().splitlines() if self.notes.exists() else []
        return said + [str(each) for each in self.asked]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    (tmp_path / "sitecustomize.py").write_text(NOTING % str(tmp_path / "notes"))
    (tmp_path / "secret.css").write_text("h1::after { content: 'TOP SECRET' }")
    own = limited._environment

    def noting(folder: str) -> dict[str, str]:
        given = own(folder)
        return given | {"PYTHONPATH": f"{tmp_path}:{given['PYTHONPATH']}"}

    monkeypatch.setattr(limited, "_environment", noting)
    with socket.create_server(("127.0.0.1", 0)) as server:
        made = Watch(tmp_path / "notes", tmp_path / "secret.css", server.getsockname()[1])
        Thread(target=lambda: made.asked.append(server.accept()), daemon=True).start()
        yield made


def test_the_watch_would_see_it(watch: Watch) -> None:
    """What is noted in the child, without which the proof would prove nothing."""
    subprocess.run(  # as the child is started, with another program
        [sys.executable, "-c",
            f"import socket; socket.create_connection(('127.0.0.1', {watch.port}))"],
        env=limited._environment(str(watch.notes.parent)), check=True,
    )  # fmt: skip
    assert any("socket.connect" in each for each in watch.fetched)


@pytest.mark.proof("B5")
def test_a_hostile_page_fetches_nothing_and_takes_no_more_than_it_may(
    watch: Watch, proof: Proof
) -> None:
    pdf = watch.print_(planted(watch))
    assert pdf
    hostile, answered = list(hostile_pages()), 0
    before = memory()  # the pages are there already: what is measured is to have them printed
    for html in hostile if proof.full else hostile[:1]:
        watch.print_(html)
        answered += 1
    grown = (memory() - before) / 2**20
    assert "TOP SECRET" not in everything_in(pdf)
    print(*watch.fetched, sep="\n")
    proof.shows(
        f"{len(KINDS)} kinds of outside address: {len(watch.fetched)} fetched; {answered} pages "
        f"nested, huge or long: the longest {watch.cpu:.0f} s of CPU ({watch.wall:.0f} s by the "
        f"clock of a busy machine), the portal grew by {grown:.0f} MB",
        reached=not watch.fetched and watch.cpu <= 31 and grown < 50,
    )


def planted(watch: Watch) -> str:
    web = f"http://127.0.0.1:{watch.port}"
    addresses = [f"{web}/x", watch.secret.as_uri(), str(watch.secret), "ftp://127.0.0.1/x",
                 f"//127.0.0.1:{watch.port}/x", "asset:../seal.py",
                 "data:text/css,@import url(x)"]  # fmt: skip
    harm = "".join(kind.format(a=address) for address in addresses for kind in KINDS.values())
    page = agreement_page({"One": "text"}).replace("</head>", f"<base href='{web}/'></head>", 1)
    return page.replace("</body>", f"{harm}</body>")


def hostile_pages() -> Iterator[str]:
    """Deep, wide, long: as HTML, and as somebody can type it, a clause at a time."""
    yield "<div>" * 10_000 + "x"
    yield agreement_page({"Quotes": ">" * LONGEST_BODY, "Lists": "- " * (LONGEST_BODY // 2)})
    yield agreement_page({"Stairs": "\n".join(f"{' ' * n}- x" for n in range(0, 280, 2))})
    yield f"<html lang=en-GB><title>x</title>{HUGE}"
    yield f"<html lang=en-GB><title>x</title><table width=1000000000><td width=1e9>{HUGE}</table>"
    rows = "| a | b |\n|---|---|\n" + "| x | y |\n" * 1_667
    yield agreement_page({f"Rows {number}": rows for number in range(6)})  # 10,000 in all
    yield agreement_page({f"Word {number}": "x" * LONGEST_BODY for number in range(20)})
    yield "<table>" + "<tr><td>x<td>y" * 100_000 + "</table>"


def everything_in(pdf: bytes) -> str:
    with pikepdf.open(BytesIO(pdf)) as document:
        assert not document.attachments
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return text_of(pdf) + "".join(each.read_bytes().decode("latin-1") for each in streams)


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory() -> int:
    """Bytes that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()
