"""What editors make: pages, files, menus, and who approves them."""

from ginnel.site.models.approval import SecondPersonTask
from ginnel.site.models.files import Download, Film, Picture, PictureRendition
from ginnel.site.models.menus import MenuEntry
from ginnel.site.models.packs import PackChange
from ginnel.site.models.pages import (
    ArticlePage,
    CampaignPage,
    EditorialPage,
    EventPage,
    HomePage,
    LandingPage,
    NewsPage,
    ResourcePackPage,
)
from ginnel.site.models.stories import ConsentNotice, StoryPage
from ginnel.site.models.upkeep import LinkFinding

__all__ = [
    "ArticlePage",
    "CampaignPage",
    "ConsentNotice",
    "Download",
    "EditorialPage",
    "EventPage",
    "Film",
    "HomePage",
    "LandingPage",
    "LinkFinding",
    "MenuEntry",
    "NewsPage",
    "PackChange",
    "Picture",
    "PictureRendition",
    "ResourcePackPage",
    "SecondPersonTask",
    "StoryPage",
]
