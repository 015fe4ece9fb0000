"""Looks, before anything else is done, whether the portal's address is free: `make run` asks it."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import closing

OURS = "127.0.0.1:8000"


def main() -> None:
    address = os.environ.get("BIND", OURS)
    host, _, port = address.rpartition(":")
    if not port.isdecimal():
        sys.exit(f"BIND is {address!r}. Write a host and a port, such as {OURS}.")
    try:
        with closing(socket.create_server((host, int(port)))):
            return
    except OSError as problem:
        other = f"{host}:{int(port) % 65_000 + 80}"
        sys.exit(
            f"The portal cannot use {address}: {os.strerror(problem.errno or 0)}.\n"
            "Perhaps it runs already: open that address. To use another, say for example\n\n"
            f"    BIND={other} make run"
        )


if __name__ == "__main__":
    main()
