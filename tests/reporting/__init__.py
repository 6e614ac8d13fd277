"""Reports for two readers."""
