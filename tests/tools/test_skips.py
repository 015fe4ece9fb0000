from __future__ import annotations

from tools.run_tests import surprising_skips

REPORT = """<testsuites><testsuite>
<testcase classname="tests.mail.test_sweep" name="test_runs"/>
<testcase classname="tests.mail.test_sweep" name="test_rests[a]">
  <skipped message="Not on Sundays."/></testcase>
<testcase classname="tests.mail.test_races" name="test_two">
  <skipped message="Needs PostgreSQL: set DATABASE_URL."/></testcase>
</testsuite></testsuites>"""
RESTS, TWO = "tests.mail.test_sweep::test_rests[a]", "tests.mail.test_races::test_two"


def test_a_skip_is_allowed_by_its_whole_name_in_its_part_alone() -> None:
    both = [f"sqlite {RESTS}", f"sqlite {TWO}"]
    assert surprising_skips("sqlite", REPORT, "") == both
    assert surprising_skips("sqlite", REPORT, "sqlite tests.mail") == both
    assert surprising_skips("sqlite", REPORT, f"# why\nsqlite {RESTS}") == [f"sqlite {TWO}"]


def test_what_one_part_may_skip_the_other_may_not() -> None:
    allowed = f"sqlite {RESTS}\npostgres {RESTS}"
    assert surprising_skips("postgres", REPORT, allowed) == [f"postgres {TWO}"]
