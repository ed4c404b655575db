"""
Turn the design system's fixed colours into custom properties, so that a place pack can colour them and dark mode can change them,
and its left and right into start and end.

Reads compiled CSS on standard input and writes it to standard output. Used by `tools/vendor-frontend.sh` only.
"""

import re
import sys

TOKENS = {
    "#005eb8": "brand",
    "#004b93": "brand-dark",
    "#004281": "brand-dark",
    "#003d78": "brand-dark",
    "#002f5c": "link-active",
    "#003087": "brand-dark",
    "#0055a6": "brand-dark",
    "#337ec6": "brand-line",
    "#330072": "link-visited",
    "#7c2855": "link-hover",
    "#007f3b": "button",
    "#00662f": "button-hover",
    "#004c23": "button-hover",
    "#00401e": "button-shadow",
    "#212b32": "ink",
    "#4c6272": "muted",
    "#768692": "muted",
    "#aeb7bd": "line-strong",
    "#d8dde0": "line",
    "#e0e4e6": "tint",
    "#d9e7f4": "tint",
    "#ccdff1": "tint",
    "#c7dcef": "tint-strong",
    "#f0f4f5": "stone",
    "#d5281b": "error",
}
BACKGROUND = re.compile(r"(background(?:-color)?:)#fff\b")
BLOCK = re.compile(r"\{([^{}]*)\}")
COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


def tokenise_block(body: str) -> str:
    """One declaration block with its colours as `var(--gn-…)`."""
    # Ink on the yellow focus box stays dark in dark mode, for the box stays yellow.
    focused = "#ffeb3b" in body.lower()

    def swap(match: re.Match[str]) -> str:
        colour = match[0].lower()
        if focused and colour == "#212b32":
            return "var(--gn-focus-ink)"
        name = TOKENS.get(colour)
        before = body[: match.start()].rstrip()
        if colour == "#005eb8" and before.endswith("color:") and not before.endswith(("-color:",)):
            name = "link"
        return f"var(--gn-{name})" if name else match[0]

    return BACKGROUND.sub(r"\1var(--gn-paper)", COLOUR.sub(swap, body))


def tokenise(css: str) -> str:
    """The whole sheet. Colours inside data addresses are escaped there and so left alone."""
    return BLOCK.sub(lambda match: "{" + tokenise_block(match[1]) + "}", css)


SIDES = (
    (re.compile(r"(?<![\w-])(margin|padding|border)-left"), r"\1-inline-start"),
    (re.compile(r"(?<![\w-])(margin|padding|border)-right"), r"\1-inline-end"),
    (re.compile(r"(?<![\w-])text-align:left"), "text-align:start"),
    (re.compile(r"(?<![\w-])text-align:right"), "text-align:end"),
    (re.compile(r"(?<![\w-])float:left"), "float:inline-start"),
    (re.compile(r"(?<![\w-])float:right"), "float:inline-end"),
    (re.compile(r"(?<![\w-])left:"), "inset-inline-start:"),
    (re.compile(r"(?<![\w-])right:"), "inset-inline-end:"),
)


def turn_sides(css: str) -> str:
    """
    The sheet with start and end in place of left and right, so that a page that runs from right to left is its mirror image.

    What is set at a point and then pulled back by half its own size (the mark of a chosen radio) is left: `ginnel.css` mirrors it.
    """

    def turn(match: re.Match[str]) -> str:
        body = match[1]
        for side, logical in SIDES[:6] if "translate(-50%" in body else SIDES:
            body = side.sub(logical, body)
        return "{" + body + "}"

    return BLOCK.sub(turn, css)


if __name__ == "__main__":
    text = turn_sides(tokenise(sys.stdin.read()))
    sys.stdout.write(text.replace('url("/assets/images/', 'url("../images/'))
