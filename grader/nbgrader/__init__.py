"""nbgrader's commands, gradebook and pages with the judge in them."""
