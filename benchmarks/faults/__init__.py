"""Simulated days full of faults: relays that misbehave by the clock, and processes that are killed."""
