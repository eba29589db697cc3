"""Timings, as ratios in one run: `make bench`. Never a test: a clock is no assertion."""
