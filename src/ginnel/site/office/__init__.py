"""The back office: Wagtail's pages as we use them."""
