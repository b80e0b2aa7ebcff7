"""Measurements: each module has `run(report)` and measures one thing beside its yardstick, in one run."""
