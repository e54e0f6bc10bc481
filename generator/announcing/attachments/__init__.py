"""An attachment in any of its formats → rows as somebody announced them."""
