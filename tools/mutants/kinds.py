"""Which of mutmut's faults count. Those that change a message's words alone do not, nor those that
change only how many statements a read takes, which other tests count."""

from __future__ import annotations

from collections.abc import Iterable

import libcst as cst
from mutmut.mutation.file_mutation import Mutation

# What they are given says how much is read at once, never what.
READ_AHEAD = {"select_related", "prefetch_related", "only", "defer", "iterator"}


# Called while modules are imported, before a fault is put in: file -> functions.
AT_IMPORT = {
    "house/lifecycle.py": {"step"},
    "house/once.py": {"each_once", "once_a_page"},
    "parties/who.py": {"holders"},
}


def in_function(mutation: Mutation, path: str) -> bool:
    """mutmut also lists what stands in a class, and leaves it as it is."""
    function = mutation.contained_by_top_level_function
    if not isinstance(function, cst.FunctionDef):
        return False
    return function.name.value not in AT_IMPORT.get(path, set())


def counts(mutation: Mutation) -> bool:
    old, new = mutation.original_node, mutation.mutated_node
    if isinstance(old, cst.SimpleString) and isinstance(new, cst.SimpleString):
        return not _is_message(old) and "XX" in new.value  # one fault for each key
    if isinstance(old, cst.Call) and isinstance(new, cst.Call):
        return not _is_apart(old) and not any(map(_is_message, _lost(old, new)))
    if isinstance(old, cst.Assign | cst.AnnAssign) and old.value:
        return not _is_message(old.value)
    return True


def _lost(old: cst.Call, new: cst.Call) -> Iterable[cst.BaseExpression]:
    """The values that the call is no longer given."""
    kept = {id(argument) for argument in new.args}
    return [argument.value for argument in old.args if id(argument) not in kept]


def _is_message(node: cst.BaseExpression) -> bool:
    """Keys have no spaces; what is put together of pieces is for people."""
    if isinstance(node, cst.SimpleString):
        return " " in node.value
    return isinstance(node, cst.FormattedString | cst.ConcatenatedString)


def _is_apart(call: cst.Call) -> bool:
    """What reads ahead, and what goes to the log."""
    if not isinstance(call.func, cst.Attribute):
        return False
    of = call.func.value
    return call.func.attr.value in READ_AHEAD or (isinstance(of, cst.Name) and of.value == "logger")
