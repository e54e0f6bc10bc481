"""Figures, not tests: medians in one run on one machine."""
