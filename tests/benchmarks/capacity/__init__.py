"""What one machine holds: ``python -m tests.benchmarks.capacity``."""
