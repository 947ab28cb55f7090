"""The parts of tests/run.py, one kind of check a file."""
