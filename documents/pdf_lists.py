"""What a PDF that somebody uploads may do and hold: lists of what is allowed, inside the child.

They hold what Word, LibreOffice, scanners, Acrobat's comments and signing services make. What is
on no list is refused; the answers are the keys of `documents.uploads.SENTENCES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Stream, String

PAGE_MOVES: Final = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
ADDRESSES: Final = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f][^\x00-\x1f\x7f]*", re.I)
ANNOTATIONS: Final = frozenset(
    {
        "/Link", "/Text", "/FreeText", "/Popup", "/Highlight", "/Underline", "/Squiggly",
        "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Line", "/Square", "/Circle", "/Polygon",
        "/PolyLine", "/Redact", "/Watermark", "/PrinterMark", "/Widget",
    }
)  # fmt: skip
# The trees of names in a catalog. Templates and their pages are data; only a script reads them.
NAMES: Final = frozenset({"/Dests", "/AP", "/IDS", "/URLS", "/Pages", "/Templates"})

# Every other action that the standard knows, wherever it stands, and what is said of it.
FORBIDDEN: Final = {
    "/JavaScript": "script",
    **dict.fromkeys(("/Launch", "/ImportData", "/SubmitForm"), "launch"),
    **dict.fromkeys(("/Rendition", "/RichMediaExecute", "/Sound", "/Movie"), "files"),
    **dict.fromkeys(("/GoToR", "/GoToE", "/Thread"), "outside"),
    **dict.fromkeys(("/Hide", "/SetOCGState", "/Trans", "/GoTo3DView", "/ResetForm"), "acts"),
}
CARRIES: Final = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
# Where a reader looks for an action; elsewhere these keys hold what has no /S.
HOLDS_ACTION: Final = ("/A", "/PA", "/NA", "/OpenAction", "/Next")
# When an additional action runs (/AA): the keys that the standard knows.
MOMENTS: Final = frozenset(
    "/E /X /D /U /Fo /Bl /PO /PC /PV /PI /O /C /K /F /V /WC /WS /DS /WP /DP".split()  # noqa: SIM905
)
ELSEWHERE: Final = ("/F", "/UF", "/Win", "/Mac", "/Unix")


def against(thing: Object) -> str | None:
    """The reason against one dictionary or stream of the file, whatever leads to it, or None."""
    return next(_reasons(thing), None)


def _reasons(thing: Object) -> Iterator[str]:
    if isinstance(thing, Stream):
        yield from _against_stream(thing)
    kind = _name(thing, "/S")
    if kind in FORBIDDEN and _name(thing, "/Type") != "/StructElem":
        yield FORBIDDEN[kind]
    yield from _against_what_it_holds(thing)
    for key in HOLDS_ACTION:
        for action in _each(thing, key):
            yield from _against_action(action, key)
    if _runs_by_itself(thing):
        yield "acts"
    for note in _each(thing, "/Annots"):
        yield from _against_annotation(note)


def _against_what_it_holds(thing: Object) -> Iterator[str]:
    if "/JavaScript" in thing or isinstance(thing.get("/JS"), String | Stream):
        yield "script"
    if "/XFA" in thing or thing.get("/NeedsRendering") is True:
        yield "form"
    if "/EmbeddedFiles" in thing or isinstance(thing.get("/EF"), Dictionary):
        yield "files"
    if _name(thing, "/Type") == "/EmbeddedFile" or _name(thing, "/Subtype") in CARRIES:
        yield "files"
    if _name(thing, "/Type") == "/Filespec":
        yield "outside"


def _against_stream(stream: Object) -> Iterator[str]:
    """What is drawn or run from elsewhere than the file's own pages."""
    if any(key in stream for key in ("/F", "/FFilter", "/FDecodeParms", "/OPI")):
        yield "outside"
    if isinstance(stream.get("/Ref"), Dictionary):
        yield "outside"
    if "/PS" in stream or "/PS" in (_name(stream, "/Subtype"), _name(stream, "/Subtype2")):
        yield "script"


def _against_action(action: Object, key: str) -> Iterator[str]:
    kind = _name(action, "/S")
    if not kind:
        return
    if kind in FORBIDDEN:
        yield FORBIDDEN[kind]
    elif key == "/OpenAction" and kind != "/GoTo":
        yield "opening"
    elif "/Next" in action or not _is_allowed(kind, action):
        yield "link" if kind == "/URI" and "/Next" not in action else "acts"
    elif kind == "/GoTo" and any(each in action for each in ELSEWHERE):
        yield "outside"


def _is_allowed(kind: str, action: Object) -> bool:
    if kind == "/URI":
        address = action.get("/URI")
        return isinstance(address, String) and bool(ADDRESSES.fullmatch(str(address)))
    return kind == "/GoTo" or (kind == "/Named" and _name(action, "/N") in PAGE_MOVES)


def _against_annotation(note: Object) -> Iterator[str]:
    kind = _name(note, "/Subtype")
    if kind in CARRIES:
        yield "files"
    elif kind not in ANNOTATIONS:
        yield "note"


def _runs_by_itself(thing: Object) -> bool:
    """Whether it has additional actions; a font or a place may be called /AA too."""
    actions = thing.get("/AA")
    if not isinstance(actions, Dictionary):
        return False
    return any(_name(each, "/S") for key in MOMENTS for each in _each(actions, key))


def against_catalog(catalog: Object) -> str | None:
    """The reason against what the catalog alone can hold, or None."""
    if "/Collection" in catalog:
        return "files"
    names = catalog.get("/Names")
    found = set(names.keys()) if isinstance(names, Dictionary) else set()
    if found <= NAMES:
        return None
    return "script" if "/JavaScript" in found else "files"


def _name(thing: Object, key: str) -> str:
    """The name under a key, empty for anything else."""
    found = thing.get(key) if isinstance(thing, Dictionary | Stream) else None
    return str(found) if isinstance(found, Name) else ""


def _each(thing: Object, key: str) -> Iterator[Object]:
    """The dictionary under a key, or those of the array there."""
    found = thing.get(key)
    for each in found if isinstance(found, Array) else [found]:
        if isinstance(each, Dictionary):
            yield each
