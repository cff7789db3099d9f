"""What instructors see of a class: reports on it, and what grading it again would change."""
