"""Which organisation a name means: plain strings in, scored candidates with reasons out."""
