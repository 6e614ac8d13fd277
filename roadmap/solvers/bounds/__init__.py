"""What no plan can cost less than, proven apart from the search, one bound a file."""
