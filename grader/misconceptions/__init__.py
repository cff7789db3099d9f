"""The ways people get each exercise wrong, where there are too many for the exercise's own module."""
