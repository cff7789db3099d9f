import sys

# As in grader.cli: not the second that jsonschema would take, in each process of the tests.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
