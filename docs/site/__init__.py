"""Makes the pages of the documentation that are written by no one: what can be read from the kit itself."""
