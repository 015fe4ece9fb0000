"""S8: the last signature, through the page, and the sealing that follows; all rolled back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from django.test import Client
from django.urls import reverse

from agreements.models import Signature, SignatureRequest
from agreements.signing.services.sealing import seal_due
from house.once import forget
from mou_portal.management.commands.demo import PASSWORD
from parties.models import User
from tools.bench.cpu import cost_of, queries_of, typical
from tools.bench.figures import Figure

MOST_MS, MOST_QUERIES, SEALED_WITHIN = 60, 110, 5
TIMES = 5
_ERROR = re.compile(r'<a href="#[^"]*">([^<]*)</a>')
Measured = TypeVar("Measured")


class NotSigned(Exception):
    """The page did not take the signature, so that there is nothing to measure."""


def measure_signing(password: str = PASSWORD) -> Iterator[Figure]:
    """What it costs beside checking the password, its queries, and how soon the seal is there."""
    last = LastSignature(password)
    check = typical(lambda: last.user.check_password(password), times=TIMES).total
    costs = sorted(last.given(cost_of).total for _ in range(TIMES))
    yield Figure(
        "S8", "signing, without the check of the password", costs[TIMES // 2] - check, "ms CPU",
        goal=MOST_MS, limit=check, beside="the check of the password",
    )  # fmt: skip
    queries = last.given(queries_of)
    yield Figure("S8", "signing", queries, "queries", goal=MOST_QUERIES)
    yield Figure("S8", "from there to the sealed copy", last.sealed(), "s", goal=SEALED_WITHIN)


class LastSignature:
    """One that is asked for, of an agreement that waits for nothing else."""

    def __init__(self, password: str) -> None:
        waiting = SignatureRequest.objects.filter(
            version__state="out_for_signature", signature=None, person__user__isnull=False
        )
        self.asked = waiting.select_related("version__agreement", "person__user").order_by("pk")[0]
        self.user: User = self.asked.person.user
        self._client, self._password = Client(), password
        self._client.force_login(self.user)
        reference = self.asked.version.agreement.reference
        self._address = reverse("agreements:sign", args=[reference, self.asked.pk])

    def given(self, measure: Callable[[Callable[[], None]], Measured]) -> Measured:
        with transaction.atomic():
            found = measure(self._sign)
            self._check()
            transaction.set_rollback(True)
        forget()
        return found

    def sealed(self) -> float:
        """Seconds until the copy is there."""
        with transaction.atomic():
            self._sign()
            start = time.monotonic()
            seal_due()
            taken = time.monotonic() - start
            transaction.set_rollback(True)
        forget()
        return taken

    def _sign(self) -> None:
        said = {
            "sha256": self.asked.version.sha256,
            "typed_name": str(self.user),
            "agree": "on",
            "password": self._password,
        }
        self._answer = self._client.post(self._address, said)

    def _check(self) -> None:
        if not Signature.objects.filter(request=self.asked).exists():
            raise NotSigned(f"{self._address}: {_ERROR.findall(self._answer.content.decode())}")
