from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tools.system_packages import Tool, complaint, lacking, package_of, provide


@pytest.fixture
def without_its_library(tmp_path: Path) -> Tool:
    """qpdf, needing a library of another name, which no machine has."""
    program = tmp_path / "qpdf"
    real = Path(shutil.which("qpdf") or "").read_bytes()
    program.write_bytes(real.replace(b"libqpdf.so.", b"libnone.so."))
    program.chmod(0o700)
    return Tool("qpdf", (str(program), "--version"), ("qpdf",))


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libatomic.so.1", "libatomic1"),
        ("libpango-1.0.so.0", "libpango-1.0-0"),
        ("libX11.so.6", "libx11-6"),
        ("libgcc_s.so.1", "libgcc-s1"),
    ],
)
def test_a_library_is_in_the_package_of_its_name(library: str, package: str) -> None:
    assert package_of(library) == package


def test_what_starts_has_nothing_to_complain_of() -> None:
    assert complaint(Tool("Python", (sys.executable, "-c", "import this"))) == ""


def test_a_program_that_is_not_there_lacks_its_package() -> None:
    tool = Tool("A loom", ("weave-it",), ("loom",))
    said = complaint(tool)
    assert "No such file" in said
    assert lacking(tool, said) == ["loom"]


def test_a_program_that_does_not_load_lacks_its_library(without_its_library: Tool) -> None:
    said = complaint(without_its_library)
    assert "libnone.so" in said
    (package,) = lacking(without_its_library, said)
    assert re.fullmatch(r"libnone\d+", package)


def test_what_cannot_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(SystemExit, match=r"missing \(Debian's names\): loom, yarn\. Install them"):
        provide(Tool("A loom", ("weave-it",), ("yarn", "loom")))


def test_what_no_package_mends_says_why_itself() -> None:
    broken = Tool("A loom", (sys.executable, "-c", "import sys; sys.exit('No thread.')"))
    with pytest.raises(SystemExit, match=r"^A loom does not start: No thread\.$"):
        provide(broken)
