"""Single sign-on by OpenID Connect, where it is configured (record 0037)."""
