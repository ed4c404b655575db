"""
One invented story of the demonstration in Polish and Arabic, with the list it stands in and home; where the site offers those languages.

No native speaker has read these words yet (docs/how-to/translate.md).
"""

from typing import Any

from django.utils import timezone

from ginnel.site.commands import open_languages, start_translation
from ginnel.site.languages import others
from ginnel.site.models import HomePage, StoryPage


def translate_demo(told: list[StoryPage]) -> None:
    """Make versions of the first of these stories, of their list and of home, and publish them, as approved ones would be."""
    story = told[0]
    open_languages(by=None, at=timezone.now())
    for language in others():
        if words := STORY.get(language):
            draft = start_translation(story, language, by=None, at=timezone.now()).specific
            _publish(draft, words)
            _publish(draft.get_parent().specific, LIST[language])
            stories, news = HOME[language]
            body = [("stories", {"heading": stories, "stories": told}), ("news", {"heading": news, "most": 3})]
            _publish(HomePage.objects.get(locale__language_code=language), {"body": body})


def _publish(page: Any, words: dict[str, Any]) -> None:
    for name, value in words.items():
        setattr(page, name, value)
    page.save_revision().publish()


HOME = {
    "pl": ("Jak inni znaleźli swoją drogę", "Aktualności"),
    "ar": ("كيف وجد آخرون طريقهم", "أخبار"),
}

LIST = {
    "pl": {
        "title": "Historie",
        "summary": "Jak ludzie stąd znaleźli swoją drogę. Wszystkie osoby na tych stronach są wymyślone.",
    },
    "ar": {
        "title": "قصص",
        "summary": "كيف وجد الناس هنا طريقهم. كل الأشخاص في هذه الصفحات من نسج الخيال.",
    },
}


def _stage(when: str, what: str, step: str = "") -> tuple[str, dict[str, str]]:
    return ("stage", {"when": when, "what": what, "step": step, "role": "home-care-worker" if step else ""})


def _roles(heading: str) -> tuple[str, dict[str, Any]]:
    return ("roles", {"heading": heading, "roles": ["home-care-worker", "care-home-assistant"]})


STORY: dict[str, dict[str, Any]] = {
    "pl": {
        "title": "Od nocy w magazynie do opieki domowej",
        "summary": "Tam opiekował się dziadkiem, pracował nocami i nie miał matury. Teraz pomaga ludziom mieszkać we własnych domach.",
        "picture_words": "Rysunek ulicy z cegły, na której świeci się w jednych drzwiach",
        "stages": [
            _stage("W wieku 19 lat", "Opiekowałem się dziadkiem i pracowałem nocami w magazynie."),
            _stage("W wieku 22 lat", "Zapytałem w firmie opieki domowej o pasujące godziny. Zaproponowali mi pracę.", "care-home-direct"),
        ],
        "body": [
            ("quote", {"words": "Myślałem, że nie mam doświadczenia. Okazało się, że mam trzy lata.", "who": "Tam, postać wymyślona"}),
            ("heading", {"words": "Co mi pomogło", "level": "2"}),
            ("text", "<p>Ktoś mi powiedział, że opieka nad rodziną się liczy. Zapisałem, co robię każdego dnia: posiłki, leki, wstawanie w nocy. To było moje podanie.</p>"),
            ("inset", "<p>Zapisz, co robisz dla osoby, którą się opiekujesz. Zapytaj, które godziny by pasowały. Powiedz, jeśli potrzebujesz czasu na naukę.</p>"),
            _roles("Zawody podobne do zawodu Tama"),
            ("action", {"words": "Zobacz, co mogłoby ci pasować", "target": {"page": None, "address": "/suit/"}}),
        ],
    },
    "ar": {
        "title": "من ليالي المستودع إلى الرعاية المنزلية",
        "summary": "اعتنى تام بجده وعمل ليلًا ولم تكن لديه شهادات. والآن يساعد الناس على البقاء في بيوتهم.",
        "picture_words": "رسم لشارع من الطوب فيه باب واحد مضاء",
        "stages": [
            _stage("في التاسعة عشرة", "كنت أعتني بجدي وأعمل ليلًا في مستودع."),
            _stage("في الثانية والعشرين", "سألت شركة رعاية منزلية عن ساعات تناسبني، فطلبوا مني أن أبدأ.", "care-home-direct"),
        ],
        "body": [
            ("quote", {"words": "ظننت أن لا خبرة لدي، ثم تبيّن أن لدي خبرة ثلاث سنوات.", "who": "تام، وهو شخصية خيالية"}),
            ("heading", {"words": "ما الذي ساعدني", "level": "2"}),
            ("text", "<p>قال لي أحدهم إن رعاية الأهل تُحسب. كتبت ما أفعله كل يوم: الوجبات والأدوية والاستيقاظ ليلًا. كان ذلك طلبي.</p>"),
            ("inset", "<p>اكتب ما تفعله لمن ترعاه، واسأل أي الساعات تناسبك، وقل إن كنت تحتاج وقتًا للتعلم.</p>"),
            _roles("وظائف تشبه وظيفة تام"),
            ("action", {"words": "انظر ما قد يناسبك", "target": {"page": None, "address": "/suit/"}}),
        ],
    },
}  # fmt: skip
