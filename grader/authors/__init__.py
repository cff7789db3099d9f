"""For who writes exercises: what is missing, what is wrong, a class to try it on."""
