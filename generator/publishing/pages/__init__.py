"""The kinds of page: what each shows, and its templates."""
