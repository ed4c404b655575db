"""What the events of this area are called, and their sentences."""

from ginnel.core.marking import gettext_noop
from ginnel.events.words import Words

EVENT_WORDS = {
    "site.page.published": Words("Page published", gettext_noop("{by} published a page")),
    "site.page.unpublished": Words("Page taken down", gettext_noop("{by} took a page down")),
    "site.page.deleted": Words("Page deleted", gettext_noop("{by} deleted a page")),
    "site.story.consent_ended": Words(
        "Story taken down", gettext_noop("A story was taken down because its consent ended")
    ),
    "site.page.translation_begun": Words("Translation begun", gettext_noop("{by} began to translate a page")),
    "site.language.opened": Words("Language opened", gettext_noop("A language got its own home page")),
    "site.office.groups_set": Words(
        "Groups of the office", gettext_noop("{by} said who may edit and who may approve pages")
    ),
}
