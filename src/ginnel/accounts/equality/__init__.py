"""
Equality answers: kept apart from people, read only as counts.

An app of its own whose table names no person and has no foreign key, so that it can lie in a database of its own.
"""
