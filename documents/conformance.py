"""Makes a rendered PDF conform to PDF/A-3a and PDF/UA-1 at once, before and after the seal.

WeasyPrint writes one variant or the other, never both. What the second lacks is added here, and
what a seal would break is put in before it.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from pikepdf import (
    Array,
    AttachedFileSpec,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Stream,
    StreamDecodeLevel,
    String,
)

from documents.spoken import Spoken, say
from documents.tagging import correct

SEAL_FIELD: Final = "Seal"
PRINTED_AND_LOCKED: Final = 132  # annotation flags: print, locked
# What says "PDF/UA-1", and, because PDF/A knows only its own words, what explains that word.
CLAIM: Final = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def conform(
    pdf: bytes,
    attachments: Sequence[tuple[Mapping[str, str], bytes]],
    at: datetime,
    *,
    going_on: Sequence[Sequence[str]],
    spoken: Spoken,
) -> bytes:
    """The same pages as PDF/A-3a and PDF/UA-1. Equal input gives equal bytes.

    Each attachment is (name, description, content_type) and its bytes; `at` is their date. For each
    page `going_on` has the HTML tags that continue from the page before, `spoken` the texts that
    glyphs alone do not tell, by the number of their marked content.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        _claim_both(document)
        correct(document, going_on)
        say(document, spoken)
        for about, content in attachments:
            _attach(document, about, content, at)
        return _saved(document)


def prepare_for_seal(pdf: bytes, *, field_description: str) -> bytes:
    """The same PDF with an empty signature field, described and tagged, on its last page.

    It has to be there before the seal: a field that the seal brings is neither.
    """
    with Pdf.open(BytesIO(pdf)) as document:
        page = document.pages[-1].obj
        field = document.make_indirect(_field(document, page, field_description))
        _tag(document, field, page, field_description)
        page.Annots = Array([*page.get("/Annots", []), field])
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array([field])))
        return _saved(document)


def _claim_both(document: Pdf) -> None:
    """Says so in the metadata, in a stream without a filter: PDF/A wants it readable as it is."""
    xmp = document.Root.Metadata.read_bytes()
    if xmp.count(b"</rdf:RDF>") != 1:
        raise ValueError("The metadata does not look as this version of WeasyPrint writes it.")
    document.Root.Metadata = document.make_indirect(
        Stream(document, xmp.replace(b"</rdf:RDF>", CLAIM), Type=Name.Metadata, Subtype=Name.XML)
    )


def _field(document: Pdf, page: Object, description: str) -> Dictionary:
    nothing = document.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 0, 0])
    )
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=String(SEAL_FIELD),
        TU=String(description),
        Contents=String(description),
        F=PRINTED_AND_LOCKED,
        Rect=Array([0, 0, 0, 0]),
        P=page,
        AP=Dictionary(N=nothing),
    )


def _tag(document: Pdf, field: Object, page: Object, description: str) -> None:
    """The field's place in the structure: at the end, as a form element with a description."""
    root = document.Root.StructTreeRoot
    form = document.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=root.K[0],
            Pg=page,
            Alt=String(description),
            K=Array([Dictionary(Type=Name.OBJR, Obj=field, Pg=page)]),
        )
    )
    root.K[0].K.append(form)
    numbers = root.ParentTree.Nums
    field.StructParent = max((int(number) for number in numbers[0::2]), default=-1) + 1
    numbers.extend([field.StructParent, form])


def _attach(document: Pdf, about: Mapping[str, str], content: bytes, at: datetime) -> None:
    """An associated file: the data that the document shows."""
    date = at.strftime("D:%Y%m%d%H%M%SZ")
    specification = AttachedFileSpec(
        document,
        content,
        description=about["description"],
        filename=about["name"],
        mime_type=about["content_type"],
        creation_date=date,
        mod_date=date,
    )
    specification.relationship = Name.Data
    specification.obj.EF.F.write(zlib.compress(content), filter=Name.FlateDecode)
    document.attachments[about["name"]] = specification


def _saved(document: Pdf) -> bytes:
    """Streams as they are, and no object streams: see `_end_plainly`, which cannot mend those."""
    for each in document.objects:
        if isinstance(each, Stream):
            _end_plainly(each)
    output = BytesIO()
    document.save(
        output,
        deterministic_id=True,
        compress_streams=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.disable,
    )
    return output.getvalue()


def _end_plainly(stream: Stream) -> None:
    """Sees to it that a stream does not end with a carriage return.

    One compressed stream in 256 does, and with the line feed that follows it looks one byte
    shorter than it says it is, which PDF/A forbids. In hexadecimal it ends with ">".
    """
    raw = stream.read_raw_bytes()
    if not raw.endswith(b"\r"):
        return
    if "/DecodeParms" in stream or not isinstance(stream.get("/Filter"), Name):
        raise ValueError("A stream has filters that this version of WeasyPrint does not write.")
    stream.write(raw.hex().encode() + b">", filter=Array([Name.ASCIIHexDecode, stream.Filter]))
