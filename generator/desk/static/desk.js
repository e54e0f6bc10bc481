// Comfort only: every page is complete without it.
