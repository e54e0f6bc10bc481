"""The published list of Bay Area Standards, from records to a static site in three languages."""
