"""The catalogue → the site."""
