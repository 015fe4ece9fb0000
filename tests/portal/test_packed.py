"""What goes to the browser is packed where that makes it smaller."""

from __future__ import annotations

import gzip

import pytest

from tests.cast import Cast
from tests.conftest import ClientOf
from tests.costs import with_many

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip"}


def test_a_page_is_packed_and_a_pdf_is_not(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_many(cast, 1), client_of(cast.viewer)
    at = f"/agreements/{agreement.reference}/"
    plain, page = client.get(at), client.get(at, headers=PACKED)
    assert b"Many" in gzip.decompress(page.content)
    assert len(page.content) < len(plain.content) / 4
    copy = client.get(f"{at}registered.pdf", headers=PACKED)
    assert "Content-Encoding" not in copy.headers
    assert b"".join(copy).startswith(b"%PDF")
