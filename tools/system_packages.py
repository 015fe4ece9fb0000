"""What a checkout's tools need of the system: each is started, and apt-get brings what one lacks.

No list of names can be right alone: a Python package's next version may load one library more.
Uses only the standard library, because nothing else is there yet. Package names are Debian's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass

NOT_LOADED = re.compile(r"^(.+): error while loading shared libraries:", re.MULTILINE)
NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)
PATIENCE = 60  # seconds: a browser's first start from a slow disk takes several


@dataclass(frozen=True)
class Tool:
    name: str
    start: tuple[str, ...]  # ends at once, and with 0 only if the tool works
    packages: tuple[str, ...] = ()  # those that bring it, and what it loads while it runs


def provide(*tools: Tool) -> None:
    """Starts each tool, and installs what those lack that do not start, until all of them do.

    Where it cannot install, it ends the program with a sentence that names what is missing.
    """
    tried: set[str] = set()
    while complaints := {tool: said for tool in tools if (said := complaint(tool))}:
        wanted = {each for tool, said in complaints.items() for each in lacking(tool, said)} - tried
        if not wanted:
            sys.exit("\n".join(f"{each.name} does not start: {complaints[each]}" for each in tools))
        install(sorted(wanted))
        tried |= wanted
        tools = tuple(complaints)


def complaint(tool: Tool) -> str:
    """What the tool says when it does not start, or nothing."""
    try:
        done = attempt(tool.start, patience=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return ""
    return done.stderr.strip() or f"It ended with {done.returncode}."


def lacking(tool: Tool, said: str) -> list[str]:
    """The packages of the libraries that the loader did not find, else those of the tool."""
    programs = NOT_LOADED.findall(said)
    linked = "".join(attempt(("ldd", program)).stdout for program in programs)
    return [package_of(library) for library in NOT_FOUND.findall(linked)] or list(tool.packages)


def package_of(library: str) -> str:
    """The package of a shared library, by Debian's rule for naming it (Debian Policy, 8.1).

    libatomic.so.1 is in libatomic1, libpango-1.0.so.0 in libpango-1.0-0.
    """
    name, _, version = library.lower().replace("_", "-").partition(".so.")
    return f"{name}-{version}" if name[-1].isdigit() else f"{name}{version}"


def install(packages: list[str]) -> None:
    as_root = () if os.geteuid() == 0 else ("sudo", "-n")
    if not shutil.which("apt-get") or (as_root and not shutil.which("sudo")):
        sys.exit(missing(packages))
    say(f"Installing system packages: {', '.join(packages)}")
    apt_get = (*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y")
    for step in (("update",), ("install", "--no-install-recommends", *packages)):
        done = attempt((*apt_get, *step))
        if done.returncode:
            sys.exit(f"{done.stderr.strip()}\n{missing(packages)}")


def missing(packages: list[str]) -> str:
    return (
        f"These system packages are missing (Debian's names): {', '.join(packages)}. "
        "Install them, or what your system calls them, then run make again."
    )


def attempt(
    command: tuple[str, ...], *, patience: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, with its messages in English: some of them are read here."""
    return subprocess.run(
        command,
        env=os.environ | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=patience,
        check=False,
    )


def say(sentence: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {sentence}", flush=True)
