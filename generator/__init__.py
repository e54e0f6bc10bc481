"""The published list of Bay Area Standards, from records to a trilingual static site."""
