"""An editor changes a step of a route, a check stops it, it is mended, somebody else approves it, and the public page shows it."""

import os
import re
import secrets
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.journeys.test_editor import EDITOR, MODERATOR, ginnel, into_the_office

LEEDS = settings.PLACES_DIR / "leeds"
STEP = "nursing-hca-apprenticeship"


def test_a_step_is_changed_stopped_corrected_approved_and_exported_as_one_line(page, visitor, site, tmp_path, picture):
    title = f"Support worker apprenticeship {secrets.token_hex(3)}"
    into_the_office(page, site, EDITOR)
    page.goto(site.url("/office/pack/step/?q=Healthcare+support+worker"))
    page.get_by_role("link", name="Healthcare support worker apprenticeship (level 2)").click()
    expect(page.locator("main")).to_contain_text("In routes/nursing.csv, line 3")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Cash in pounds").fill("250")
    page.get_by_label("Why").fill("Its name changed")
    picture(page, "office-step")
    page.get_by_role("button", name="Save as a draft").click()

    # The check that fails is told beside its field, and what was written is kept.
    expect(page.locator(".messages")).to_contain_text("The draft is saved. It cannot be published yet")
    field = page.locator("li", has=page.get_by_label("Cash in pounds"))
    expect(field).to_contain_text("250 is more than cost_gbp 0")
    expect(page.get_by_label("Title")).to_have_value(title)
    picture(page, "office-step-stopped")
    draft = re.search(r"/changes/(\d+)/", page.url)[1]

    # Nobody can publish it so.
    other = visitor()
    into_the_office(other, site, MODERATOR)
    other.goto(site.url(f"/office/pack/changes/{draft}/"))
    expect(other.locator("main")).to_contain_text(
        "routes/nursing.csv, line 3, upfront_gbp: 250 is more than cost_gbp 0"
    )
    expect(other.get_by_role("button", name="Approve and publish")).to_have_count(0)
    picture(other, "office-change-stopped")

    page.get_by_label("Cash in pounds").fill("0")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator(".messages")).to_contain_text("the checks pass")
    expect(page.locator("main")).to_contain_text("A moderator must approve it")
    expect(page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    page.get_by_role("link", name="Preview the page of the role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Healthcare assistant")
    expect(page.locator("main")).to_contain_text(title)

    # Until somebody else approves it, residents see what they saw.
    reader = visitor(width=360)
    reader.goto(site.url("/roles/healthcare-assistant/"))
    expect(reader.locator("main")).not_to_contain_text(title)

    other.reload()
    picture(other, "office-change")
    other.get_by_role("button", name="Approve and publish").click()
    expect(other.locator(".messages")).to_contain_text("is published")
    expect(other.locator("main")).to_contain_text("Draft it as it was before")
    picture(other, "office-change-published")

    reader.reload()
    expect(reader.locator("main")).to_contain_text(title)
    reader.goto(site.url("/route/?from=no-qualifications&to=healthcare-assistant"))
    expect(reader.locator("main")).to_contain_text(title)

    out = tmp_path / "out"
    ginnel(site, "place", "export", str(out))
    assert _lines_that_differ(out) == [("routes/nursing.csv", STEP)]

    # The demonstration is shared: as it was before, it goes back the same way.
    other.goto(site.url(f"/office/pack/changes/{draft}/"))
    other.get_by_role("button", name="Draft it as it was before").click()
    expect(other.locator("main")).to_contain_text("You wrote this change: somebody else must approve it")


def _lines_that_differ(out: Path) -> list[tuple[str, str]]:
    """Each line of an export that is not as in the pack, by file and the row's own name."""
    found = []
    for path in sorted(out.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(out)
        old, new = (LEEDS / name).read_text(encoding="utf-8"), path.read_text(encoding="utf-8")
        pairs = zip(old.splitlines(), new.splitlines(), strict=True)
        found += [(name.as_posix(), line.partition(",")[0]) for was, line in pairs if was != line]
    return found


ROWS = {
    "role": "role/row/healthcare-assistant/",
    "step": "step/row/nursing-hca-from-care/",
    "gate": "gate/row/age-18/",
    "pay": "pay/row/afc:3/",
    "organisation": "organisation/row/leeds-community-healthcare/",
    "new-step": "step/add/",
    "steps": "step/",
    "changes": "changes/",
    "together": "changes/together/",
}


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_the_pack_is_sound_and_lists_are_chosen_by_name(visitor, site, sound, width):
    page = visitor(width=width)
    # An address of its own for each width: three codes a minute are an address's limit.
    into_the_office(page, site, EDITOR if width > 600 else MODERATOR)
    for name, path in ROWS.items():
        page.goto(site.url(f"/office/pack/{path}"))
        sound(page, f"office-pack-{name}")
    page.goto(site.url(f"/office/pack/{ROWS['step']}"))
    needs = page.get_by_role("group", name="Gates needed at the start")
    expect(needs.get_by_label("Right to work in the UK")).to_be_checked()
    needs.get_by_text("more to choose from").click()
    needs.get_by_label("DBS check (working with adults)", exact=True).scroll_into_view_if_needed()
    sound(page)
    if folder := os.environ.get("GINNEL_PICTURES"):
        page.screenshot(path=Path(folder) / f"j-office-picker-{width}.png")
