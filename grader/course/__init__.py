"""A course's folder: its notebooks, and the exercises that they ask for."""
