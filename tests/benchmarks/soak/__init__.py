"""A simulated month: ``python -m tests.benchmarks.soak``."""
