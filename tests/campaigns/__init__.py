"""The same checks at scale, run by command; their figures go into the documentation."""
