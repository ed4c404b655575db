"""Pages of signing in, of how one signs in, of what is held about one, and of leaving."""
