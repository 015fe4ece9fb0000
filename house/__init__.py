"""What every room stands on: the clock, the registry of rooms, state changes, the wall's base."""
