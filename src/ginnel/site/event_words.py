"""What the events of this area are called, and their sentences."""

from ginnel.events.words import Words

EVENT_WORDS = {
    "site.page.published": Words("Page published", "{by} published a page"),
    "site.page.unpublished": Words("Page taken down", "{by} took a page down"),
    "site.page.deleted": Words("Page deleted", "{by} deleted a page"),
    "site.story.consent_ended": Words("Story taken down", "A story was taken down because its consent ended"),
    "site.office.groups_set": Words("Groups of the office", "{by} said who may edit and who may approve pages"),
}
