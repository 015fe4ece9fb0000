"""A real IMAP server (Debian's dovecot-imapd) on a port of this machine, for as long as a test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest
from imap_tools import MailBoxUnencrypted

from mou_portal.inbound import Mailbox, inbound_mailbox

DOVECOT: Final = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
needs_dovecot = pytest.mark.skipif(not DOVECOT, reason="Needs dovecot-imapd.")
USER, PASSWORD, ADDRESS = "mou", "heather-and-bracken-7", "mou@portal.example"
CONFIGURATION: Final = """
protocols = imap
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {who}
default_internal_group = {group}
default_login_user = {who}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@contextmanager
def server() -> Iterator[Mailbox]:
    """The server with an empty mailbox, as the settings of the portal name it."""
    folder, port = Path(mkdtemp(prefix="imap-", dir="/tmp")), _free_port()
    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    words = {
        "folder": folder, "who": who.pw_name, "group": _group(who.pw_gid), "uid": who.pw_uid,
        "gid": who.pw_gid, "port": port, "password": PASSWORD,
    }  # fmt: skip
    (folder / "conf").write_text(CONFIGURATION.format(**words))
    if os.getuid() == 0:
        shutil.chown(folder, who.pw_uid, who.pw_gid)
    assert DOVECOT
    running = subprocess.Popen([DOVECOT, "-F", "-c", str(folder / "conf")])
    try:
        url = f"imap://{USER}:{PASSWORD}@127.0.0.1:{port}/INBOX"
        found = inbound_mailbox({"INBOUND_IMAP_URL": url, "INBOUND_ADDRESS": ADDRESS})
        assert found
        _wait(found, folder)
        yield found
    finally:
        running.terminate()
        running.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def opened(mailbox: Mailbox) -> MailBoxUnencrypted:
    """For a test to look into it, and to put messages there as mail servers do."""
    box = MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=10)
    box.login(mailbox.user, mailbox.password)
    return box


def deliver(mailbox: Mailbox, *messages: bytes) -> None:
    with opened(mailbox) as box:
        for each in messages:
            box.append(each, "INBOX")


def lying_in(mailbox: Mailbox) -> dict[str, int]:
    """How many messages each folder has."""
    with opened(mailbox) as box:
        names = [each.name for each in box.folder.list()]
        return {name: int(box.folder.status(name)["MESSAGES"]) for name in names}


def _wait(mailbox: Mailbox, folder: Path) -> None:
    for _ in range(100):
        try:
            with opened(mailbox):
                return
        except (OSError, EOFError):
            time.sleep(0.1)
    log = folder / "log"
    raise AssertionError(log.read_text() if log.exists() else "dovecot did not start")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name
