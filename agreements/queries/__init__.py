"""Reads that span models. Each takes many agreements at once, in a fixed number of queries."""
