"""Notes on the tide: cards that are pinned beside the chart and taken away again."""

import js
from js import document
from pyodide.ffi import create_proxy

_kept = []


def keep_alive(proxy):
    """Keep a proxy for as long as the page lives, and give it back."""
    _kept.append(proxy)
    return proxy


class Note:
    """A card with a text, which a double click makes editable."""

    def __init__(self, text):
        """Make the card; whoever wants it puts it into the page."""
        self.card = document.createElement("article")
        self.card.textContent = text
        self.card.addEventListener("dblclick", create_proxy(self.edit))

    def edit(self, event):
        """Let the text be changed in place."""
        self.card.contentEditable = "true"


def flash(card):
    """Draw the eye to a card for a moment."""
    card.className = "new"
    calm = create_proxy(lambda: card.removeAttribute("class"))
    js.setTimeout(calm, 300)
    calm.destroy()


def pin(event):
    """Pin a note with what the level is now."""
    note = Note(document.getElementById("level").textContent)
    document.body.append(note.card)
    flash(note.card)
    js.window.addEventListener("resize", create_proxy(arrange))
    js.requestAnimationFrame(
        keep_alive(create_proxy(lambda now: note.card.scrollIntoView()))
    )


def arrange(event):
    """Put the cards into one column where the window is narrow."""
    document.body.dataset.columns = "1" if js.window.innerWidth < 640 else "2"


def follow(event):
    """Hide the cards while the page is scrolled."""
    document.body.dataset.scrolled = "true"


follow_proxy = keep_alive(create_proxy(follow))
document.addEventListener("scroll", follow_proxy)


def stop_following():
    """Show the cards however the page is scrolled."""
    document.removeEventListener("scroll", create_proxy(follow))


pin_proxy = keep_alive(create_proxy(pin))
document.getElementById("level").addEventListener("click", pin_proxy)
document.addEventListener("visibilitychange", create_proxy(arrange))
