"""Pages of Career Compass, one module a page or two."""
