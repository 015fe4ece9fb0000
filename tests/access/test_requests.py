"""Every address answers any request: whatever its method, its headers and its body say."""

from __future__ import annotations

from collections import Counter
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from house import clock
from tests.access.any_request import Request, Requests
from tests.access.faults import faults_noted
from tests.access.world import World
from tests.proof_plugin import Proof

pytestmark = pytest.mark.django_db


@pytest.mark.proof("B2")
def test_every_address_takes_any_request(world: World, proof: Proof) -> None:
    requests = Requests(world, proof.chance())
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    codes: Counter[int] = Counter()
    with faults_noted() as faults:
        for number in range(proof.size(small=150, full=50_000)):
            each = requests.one()
            # Every fourth as a browser sends it that has no form of ours.
            response = answer_to(world, strict if number % 4 == 0 else world.client, each)
            codes[response.status_code] += 1
            faults.look_at(response, str(each))
    answers = ", ".join(f"{count:,} {code}" for code, count in sorted(codes.items()))
    proof.shows(
        f"{codes.total():,} requests to {len(requests.routes)} addresses: "
        f"{faults.count.total()} broke a page; {answers}",
        reached=not faults.count,
    )


def answer_to(world: World, client: Client, each: Request) -> Any:
    client.cookies = SimpleCookie(world.cookies.get(each.asker))
    environ: dict[str, Any] = each.environ
    with transaction.atomic(), clock.at(world.made_at):
        response = client.generic(each.method, "/", each.body, **environ)
        transaction.set_rollback(True)
    return response
