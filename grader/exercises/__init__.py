"""One module per exercise; each reads top to bottom: what is asked, the truth, how people get it wrong, the checks."""
