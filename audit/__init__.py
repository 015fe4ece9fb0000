"""The append-only, chained record of who did what. People read the timeline; this is for inquiry."""
