"""Steps that every journey takes."""

from playwright.sync_api import Locator


def follow(step: Locator) -> None:
    """
    Press a link or a button that leads to another page, and be there.

    A click alone comes back before the next page has begun, so what reads the page at once may still read the old one.
    """
    with step.page.expect_navigation():
        step.click()
