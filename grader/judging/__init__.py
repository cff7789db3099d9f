"""One submission, or many, become reports."""
