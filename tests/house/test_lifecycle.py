from __future__ import annotations

import sys
from typing import Any

import pytest

from agreements.models import (
    AGREEMENT_LIFECYCLE,
    CHANGE_LIFECYCLE,
    PAPER_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    Agreement,
    Change,
    PaperSignature,
    SignatureRequest,
    Version,
)
from house.lifecycle import Lifecycle
from tests.layers import ROOMS

TABLES: list[tuple[Lifecycle, Any]] = [
    (AGREEMENT_LIFECYCLE, Agreement.State),
    (VERSION_LIFECYCLE, Version.State),
    (SIGNATURE_LIFECYCLE, SignatureRequest.State),
    (PAPER_LIFECYCLE, PaperSignature.State),
    (CHANGE_LIFECYCLE, Change.State),
]


@pytest.mark.parametrize(("table", "states"), TABLES, ids=lambda each: getattr(each, "noun", ""))
def test_a_table_of_steps_names_states_that_exist_and_reaches_each(
    table: Lifecycle, states: Any
) -> None:
    named = {state for step in table.steps.values() for state in (*step.sources, step.target)}
    assert named == set(states.values)
    first = next(iter(states.values))
    reached = {first} | {step.target for step in table.steps.values()}
    assert reached == set(states.values)


# What may follow what, written a second time: mutmut leaves tables as they are.
STEPS = """
action: open -finish> done; open -drop> dropped; done, dropped -reopen> open;
    done, dropped, open -enter_in_error> in_error
action of a concern: open -finish> done; open -drop> dropped
agreement: being_prepared -come_into_force> in_force; being_prepared -stop_preparing> ended;
    in_force, notice_given, past_its_end -withdraw_registration> ended;
    in_force, past_its_end -give_notice> notice_given;
    in_force, notice_given -pass_end> past_its_end;
    notice_given, past_its_end -go_on> in_force;
    in_force, notice_given, past_its_end -end> ended;
    ended -dispose> disposed_of
announcement: planned, shared -share> shared; shared -take_all_back> planned;
    planned, shared -release> released; planned, shared -withdraw> withdrawn
change: asked -make> made; asked -refuse> refused
change of an MoU: open -run> running; open -agree> agreed; open -refuse> refused;
    agreed, open, running -withdraw> withdrawn; agreed, open, running -do> done
commitment: running -end> ended; ended, running -enter_in_error> in_error
concern: not_shared, open, shared -share> shared; not_shared, open -keep> not_shared;
    shared -take_back> not_shared; not_shared, open, shared -close> closed;
    closed -reopen_shared> shared; closed -reopen_kept> not_shared;
    closed, not_shared, open, shared -enter_in_error> in_error
disagreement: open -take_up> open; open -agree> agreed; open -withdraw> withdrawn
e-mail: failed, left_out, maybe_sent -send_again> waiting; failed, maybe_sent -leave> cancelled
e-mail that came: held -take> taken; held -drop> dropped
entry: open -close> closed; closed, open -enter_in_error> in_error
heads-up: planned -send> sent; planned -withdraw> withdrawn; sent -take_back> withdrawn
meeting: scheduled -record> held; scheduled -cancel> cancelled;
    cancelled, held, scheduled -enter_in_error> in_error
paper signature: recorded -confirm> confirmed; recorded -reject> rejected;
    recorded -withdraw> withdrawn
reminder: failed -take_up_again> pending
report: draft -send> sent; sent -take_back> draft; draft, sent -finish> final;
    draft -give_up> given_up
request: open -acknowledge> open; open -update> open; open, paused -answer> answered;
    answered, open, paused -exclude> excluded; open -pause> paused; paused -resume> open;
    answered, excluded, withdrawn -reopen> open; open, paused -withdraw> withdrawn;
    open -extend> open; open -view> open; paused -view_meanwhile> paused;
    answered, excluded, open, paused, withdrawn -enter_in_error> in_error
signature: asked, declined, not_ready -sign> signed;
    asked, declined, not_ready -say_not_ready> not_ready; asked, not_ready -decline> declined;
    asked, declined, not_ready -ask_instead> asked;
    asked, declined, not_ready -record_paper> on_paper;
    on_paper -confirm_paper> signed; on_paper -reject_paper> asked;
    waits -take_turn> asked; asked, declined, not_ready, waits -withdraw> withdrawn;
    signed -take_back> taken_back;
    asked, declined, not_ready, on_paper, signed -void> void
signed copy: failed -make_again> waiting
succession: prepared -ask> asked; asked, prepared -agree> planned; planned -begin> running;
    running -finish> done; asked, planned, prepared -withdraw> withdrawn
version: draft -freeze> frozen; draft -register> signed;
    frozen -send_for_approval> out_for_approval;
    frozen, out_for_approval, out_for_signature -open_for_signature> out_for_signature;
    out_for_signature -sign> signed; frozen, out_for_approval, out_for_signature -recall> withdrawn;
    signed -replace> replaced; draft -give_up> given_up
"""


def test_only_these_steps_lead_from_state_to_state() -> None:
    modules = [each for name, each in sys.modules.items() if name.partition(".")[0] in ROOMS]
    tables = {
        each.noun: each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Lifecycle)
    }
    there = "\n".join(f"{noun}: {_steps(table)}" for noun, table in sorted(tables.items()))
    assert there == STEPS.replace("\n    ", " ").strip()


def _steps(table: Lifecycle) -> str:
    return "; ".join(
        f"{', '.join(sorted(step.sources))} -{name}> {step.target}"
        for name, step in table.steps.items()
    )
