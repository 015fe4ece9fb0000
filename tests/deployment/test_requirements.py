"""The image has the packages that a checkout has, but for the way PostgreSQL's driver is built."""

from __future__ import annotations

import re

from tests.deployment.compose import ROOT


def pinned(name: str) -> dict[str, str]:
    """Package -> version, of one of the compiled files."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


def test_the_image_has_the_same_versions_and_one_driver() -> None:
    image, checkout = pinned("production"), pinned("base")
    assert image.pop("psycopg2") == checkout.pop("psycopg2-binary")
    assert image == checkout


def test_no_file_has_both_drivers() -> None:
    for name in ("base", "dev", "production"):
        assert len({"psycopg2", "psycopg2-binary"} & set(pinned(name))) == 1, name


def test_every_package_of_the_image_has_its_sums() -> None:
    text = (ROOT / "requirements" / "production.txt").read_text()
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_no_file_names_an_index_or_a_host() -> None:
    for file in (ROOT / "requirements").glob("*"):
        assert "://" not in file.read_text(), file.name
