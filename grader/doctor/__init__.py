"""What this machine has of what grading needs, tried rather than read."""
