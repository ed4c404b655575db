"""
The editors' part of the demonstration: two people of the office, and pages about invented people.

Only `ginnel demo` calls this. It leaves alone what is there: an edited page is not overwritten, a deleted one not made again.
"""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from ginnel.accounts.commands import open_account
from ginnel.site.commands import set_office_groups
from ginnel.site.demo_translations import translate_demo
from ginnel.site.models import (
    ArticlePage,
    EventPage,
    HomePage,
    LandingPage,
    NewsPage,
    Picture,
    ResourcePackPage,
    StoryPage,
)

EDITOR, MODERATOR = "editor@office.example", "moderator@office.example"
_BRICK, _SKY, _DOOR, _LAMP, _STONE = "#a4513b", "#dbe7e4", "#0f5c63", "#f7e9c4", "#e4dac6"


@transaction.atomic
def load_demo_pages(*, today: date | None = None) -> bool:
    """Make the demonstration's pages if the page tree is still empty. Returns whether it did."""
    home = HomePage.objects.order_by("pk").first()
    if home is None or home.get_children().exists():
        return False
    today = today or timezone.localdate()
    for email, name, groups in (
        (EDITOR, "Edie Torr (invented)", ["Editors"]),
        (MODERATOR, "Mo Derrett (invented)", ["Moderators"]),
    ):
        person = open_account(email)
        person.name = name
        person.save(update_fields=["name"])
        set_office_groups(person, groups, by=None, at=timezone.now())
    stories = _under(
        home, LandingPage, "Stories", "stories", "How people here found their way. Everyone on these pages is invented."
    )
    news = _under(
        home, LandingPage, "News", "news", "What is new. These pages are part of the demonstration.", order="newest"
    )
    told = [_under(stories, StoryPage, consent_until=today + timedelta(days=365), **story) for story in _stories(today)]
    for number, item in enumerate(_news()):
        _under(news, NewsPage, dated=today - timedelta(days=7 * number + 2), **item)
    _under(home, ArticlePage, **_article())
    _under(home, EventPage, **_event(today))
    _under(home, ResourcePackPage, **_resources())
    home.body = [
        ("stories", {"heading": "How others found their way", "stories": told}),
        ("news", {"heading": "News", "most": 3}),
    ]
    home.save_revision().publish()
    translate_demo(told)
    return True


def _under(parent: Any, model: Any, title: str, slug: str, summary: str, **fields: Any) -> Any:
    """Make a page and publish it, as an approved revision would be."""
    page = parent.add_child(instance=model(title=title, slug=slug, summary=summary, live=False, **fields))
    page.save_revision().publish()
    return page


def _stories(today: date) -> list[dict[str, Any]]:
    consent = {
        "consent_by": "Nobody: the person is invented",
        "consent_on": today,
        "consent_scope": StoryPage.Scope.SITE,
    }
    return [
        {
            "title": "From warehouse nights to home care",
            "slug": "tam-example",
            "summary": "Tam looked after a grandad, worked nights, and had no GCSEs. Now Tam helps people stay in their own homes.",
            "person": "Tam Example",
            "picture": _street("a-street-at-night.png", "A drawing of a brick street with one lit door", lit=1),
            "stages": [
                _stage("At 19", "I looked after my grandad and worked nights in a warehouse."),
                _stage("At 22", "I asked a home care firm for hours that fit. They asked me to start.", "care-home-direct", "home-care-worker"),
            ],
            "body": [
                ("quote", {"words": "I thought I had no experience. It turned out I had three years of it.", "who": "Tam, who is invented"}),
                ("heading", {"words": "What helped", "level": "2"}),
                ("text", "<p>Someone told me that caring for family counts. I wrote down what I did each day: meals, medicines, getting up at night. That was my application.</p>"),
                ("do", {"kind": "tick", "items": ["write down what you do for the person you care for", "ask which hours would fit", "say if you need time to learn"]}),
                ("roles", {"heading": "Roles like Tam’s", "roles": ["home-care-worker", "care-home-assistant"]}),
                ("action", {"words": "See what might suit you", "target": {"page": None, "address": "/suit/"}}),
            ],
            **consent,
        },
        {
            "title": "A porter who became a nurse",
            "slug": "robin-sample",
            "summary": "Robin pushed beds for four years, then trained while earning. Robin is invented; the steps are real ones.",
            "person": "Robin Sample",
            "picture": _street("a-street-by-day.png", "A drawing of a brick street with three doors", lit=2),
            "stages": [
                _stage("At 24", "I took a job as a hospital porter. You meet everyone.", "", "porter"),
                _stage("At 28", "I moved to a ward.", "nursing-hca-job", "healthcare-assistant"),
                _stage("At 33", "I had trained on the job and joined the register.", "", "registered-nurse"),
            ],
            "body": [
                ("text", "<p>The ward sister asked me why I was not a nurse. I said I could not stop earning. She told me there are ways to train and be paid.</p>"),
                ("inset", "<p>Every step takes time. Look at the <a href=\"/route/\">routes</a> to see how long, and who pays.</p>"),
                ("roles", {"heading": "Roles on Robin’s path", "roles": ["porter", "healthcare-assistant", "registered-nurse"]}),
            ],
            **consent,
        },
    ]  # fmt: skip


def _stage(when: str, what: str, step: str = "", role: str = "") -> tuple[str, dict[str, str]]:
    return ("stage", {"when": when, "what": what, "step": step, "role": role})


def _news() -> list[dict[str, Any]]:
    return [
        {
            "title": "This is what a news page looks like",
            "slug": "what-news-looks-like",
            "summary": "An invented piece of news, to show the page, the list and the feed.",
            "body": [("text", "<p>News has a day, a summary and a body. It stands on the home page and in the <a href=\"/news.atom\">news feed</a>.</p>")],
        },
        {
            "title": "Stories have moved in",
            "slug": "stories-have-moved-in",
            "summary": "Two invented people tell how they got where they are.",
            "body": [("text", "<p>Each story shows the person’s path by the real steps of this site. <a href=\"/stories/\">Read the stories</a>.</p>")],
        },
    ]  # fmt: skip


def _article() -> dict[str, Any]:
    return {
        "title": "Going to a first talk about a job",
        "slug": "a-first-talk",
        "summary": "What to bring, what to ask, and what nobody minds.",
        "body": [
            ("text", "<p>A first talk is not a test. It is a way for both of you to find out if it fits.</p>"),
            ("heading", {"words": "Before you go", "level": "2"}),
            ("do", {"kind": "tick", "items": ["look up how to get there", "bring something with your name on it", "write down two questions"]}),
            ("do", {"kind": "cross", "items": ["worry about gaps: say what you did", "pretend to know a word you do not know"]}),
            ("details", {"summary": "I care for someone and cannot do mornings", "text": "<p>Say so at once. Many firms have rounds at other times of the day.</p>"}),
            ("important", {"heading": "Never pay for a job", "text": "<p>Nobody honest asks you for money before you start.</p>"}),
            ("action", {"words": "Find help near you", "target": {"page": None, "address": "/near/"}}),
        ],
    }  # fmt: skip


def _event(today: date) -> dict[str, Any]:
    day = today + timedelta(days=21)
    return {
        "title": "Open morning: meet people who do the job",
        "slug": "open-morning",
        "summary": "An invented event, to show the page.",
        "starts_at": timezone.make_aware(datetime.combine(day, time(10))),
        "ends_at": timezone.make_aware(datetime.combine(day, time(12, 30))),
        "where": "A hall that does not exist, 1 Example Street",
        "access": "Step-free entrance, hearing loop, a quiet room",
        "body": [("text", "<p>Bring a friend. There is tea.</p>")],
    }


def _resources() -> dict[str, Any]:
    return {
        "title": "A lesson: who works in a hospital?",
        "slug": "who-works-in-a-hospital",
        "summary": "One lesson that shows that most of the people in a hospital are neither doctors nor nurses.",
        "subject": "careers",
        "age_from": 11,
        "age_to": 14,
        "minutes": 50,
        "body": [
            ("heading", {"words": "What you need", "level": "2"}),
            ("text", "<ul><li>a screen or printed role pages</li><li>paper</li></ul>"),
            ("heading", {"words": "How it goes", "level": "2"}),
            ("text", "<ol><li>Everyone writes down three jobs in a hospital.</li><li>Count how many are doctor or nurse.</li><li>In pairs, find five that nobody wrote.</li></ol>"),
            ("action", {"words": "Make a pack of roles to print", "target": {"page": None, "address": "/advisers/"}}),
        ],
    }  # fmt: skip


def _street(name: str, alternative: str, *, lit: int) -> Picture:
    """A small drawing of a street, so that a picture is shown without anybody's photograph."""
    drawing = Image.new("RGB", (1200, 1200), _SKY)
    pen = ImageDraw.Draw(drawing)
    for house in range(3):
        left = 60 + house * 370
        pen.rectangle((left, 300, left + 340, 1060), fill=_BRICK)
        pen.polygon(((left - 20, 300), (left + 170, 160), (left + 360, 300)), fill="#5d5650")
        pen.rectangle((left + 110, 720, left + 230, 1060), fill=_DOOR)
        pen.pieslice((left + 110, 660, left + 230, 780), 180, 360, fill=_LAMP if house == lit else _DOOR)
        for window in (60, 200):
            pen.rectangle((left + window, 420, left + window + 80, 560), fill=_LAMP if house == lit else _SKY)
    pen.rectangle((0, 1060, 1200, 1200), fill=_STONE)
    content = BytesIO()
    drawing.save(content, "PNG")
    picture = Picture(title=alternative, description=alternative, file=ImageFile(content, name))
    picture._set_image_file_metadata()
    picture.save()
    return picture
