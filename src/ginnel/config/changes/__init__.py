"""Changing the place pack in the office: a draft is a change of its text, checked and loaded as any other."""
