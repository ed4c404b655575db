"""Pages of the office on which rows of the pack are changed, looked at and approved."""
