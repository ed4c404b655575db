"""My data: what is kept and how long, erasing it, and what a person sees of it."""
