"""A new batch: from its attachment to records."""
