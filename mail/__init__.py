"""The outbox: an e-mail is a row with a unique key, written with the decision to send it."""
