"""The kinds of deadlines of this room: who is told of each, and what is said."""
