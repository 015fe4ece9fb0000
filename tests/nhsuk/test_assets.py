"""What the build makes, and that nothing of it reaches for another host."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from tests.in_browser import left_out

ROOT = Path(__file__).resolve().parents[2]
# Each release of the templates is made for one release of the styles.
MADE_FOR = {"0.10.2": "10.6.1"}


def test_templates_and_styles_are_of_the_same_release() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    styles = package["devDependencies"]["nhsuk-frontend"]
    assert MADE_FOR[version("nhsuk-frontend-jinja")] == styles
    installed = json.loads((ROOT / "node_modules/nhsuk-frontend/package.json").read_text())
    assert installed["version"] == styles


@pytest.mark.parametrize("name", ["portal.css", "portal.js", "nhsuk-frontend.js", "icon.svg"])
def test_nothing_reaches_for_another_host(name: str) -> None:
    text = Path(str(finders.find(name))).read_text()
    addresses = set(re.findall(r"https?://[\w./-]+", text))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "sourceMappingURL" not in text


def test_every_picture_that_the_styles_name_is_there() -> None:
    styles = Path(str(finders.find("portal.css"))).read_text()
    for name in set(re.findall(r"url\(\"?([^)\"]+)", styles)):
        assert name.startswith("data:") or finders.find(name), name


def test_the_style_sheet_is_small() -> None:
    assert Path(str(finders.find("portal.css"))).stat().st_size <= 120_000


def named_in_templates(prefix: str) -> set[str]:
    templates = (file.read_text() for file in (ROOT / "templates").rglob("*.jinja"))
    return {name for text in templates for name in re.findall(rf"\b{prefix}-[\w-]+", text)}


def test_every_class_of_our_own_has_its_style() -> None:
    styles = Path(str(finders.find("portal.css"))).read_text()
    named = sorted(named_in_templates("portal"))
    assert [name for name in named if not re.search(rf"\.{name}\b", styles)] == []


def test_no_template_names_a_class_whose_style_was_left_out() -> None:
    assert left_out(named_in_templates("nhsuk")) == []


def test_the_fonts_of_documents_are_there() -> None:
    fonts = ("SourceSans3_400Regular", "SourceSans3_600SemiBold", "DejaVuSans", "DejaVuSans-Bold")
    for name in fonts:
        assert finders.find(f"fonts/{name}.ttf")


def test_names_carry_fingerprints_in_styles_and_modules(tmp_path: Path) -> None:
    source = tmp_path / "source"
    built = Path(str(finders.find("portal.css"))).parent
    # Without the fonts: no browser asks for them, and packing them takes seconds.
    shutil.copytree(built, source, ignore=shutil.ignore_patterns("fonts"))
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ours = {"BACKEND": "mou_portal.static.StaticStorage"}
    changed = {
        "STORAGES": {"default": default, "staticfiles": ours},
        "STATICFILES_DIRS": [source],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STATIC_ROOT": str(tmp_path / "collected"),
    }
    with override_settings(**changed):
        call_command("collectstatic", interactive=False, verbosity=0)
    collected = tmp_path / "collected"
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    module, styles = collected / names["portal.js"], collected / names["portal.css"]
    assert re.search(r"from \"\./nhsuk-frontend\.[0-9a-f]{12}\.js\"", module.read_text())
    assert re.search(r"images/nhsuk-icon-cross\.[0-9a-f]{12}\.svg", styles.read_text())
    assert styles.with_name(f"{styles.name}.gz").exists()
