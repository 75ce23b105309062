"""Coverage-guided fuzzing, for CI: `python -m tests.fuzz -max_total_time=60`."""
