"""What other packages do when they are imported, and need not do here."""

from __future__ import annotations

import sys


def skip_grammar_of_addresses() -> None:
    """To be called before nbformat or nbgrader is imported.

    They bring jsonschema along, and that would spend more than a second on a grammar for internationalised addresses.
    No notebook's schema asks for one.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
