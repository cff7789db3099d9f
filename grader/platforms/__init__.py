"""Other systems that submissions come from."""
