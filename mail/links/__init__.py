"""Links for one thing, and the codes that go with them where they sign (record 0052)."""
