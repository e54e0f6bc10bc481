"""The checks of the finished site."""
