"""Measured claims; each module runs as ``python -m benchmarks.<name>`` and prints what README.md repeats."""
