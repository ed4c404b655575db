"""Organisations and people from one file: read, compared with what is held, previewed, saved all or nothing."""
