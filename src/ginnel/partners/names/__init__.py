"""Names the resolver is unsure of, put to a person."""
