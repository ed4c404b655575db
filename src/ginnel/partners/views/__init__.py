"""Pages of organisations: in public, for their members, and for those who look after the partnership."""
