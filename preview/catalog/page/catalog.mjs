// The gallery's index: what is typed filters the cards, and keys move among them.

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

const find = /** @type {HTMLInputElement} */ (byId("find"));
const parts = [...document.querySelectorAll(".part")].map((part) => ({
  part: /** @type {HTMLElement} */ (part),
  cards: [...part.querySelectorAll(".card")].map((card) => ({
    card: /** @type {HTMLElement} */ (card),
    words: (card.textContent ?? "").toLowerCase().replaceAll("-", " "),
  })),
}));

/** Shows the cards that have all words of what is sought. */
function filter() {
  const sought = find.value.toLowerCase().replaceAll("-", " ").split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { part, cards } of parts) {
    for (const { card, words } of cards) card.hidden = !sought.every((word) => words.includes(word));
    const left = cards.filter(({ card }) => !card.hidden).length;
    part.hidden = left === 0;
    shown += left;
  }
  byId("none").hidden = shown > 0;
  byId("sought").textContent = find.value.trim();
  byId("count").textContent = sought.length > 0 ? `${shown} ${shown === 1 ? "pattern" : "patterns"}` : "";
}

function clear() {
  find.value = "";
  filter();
  find.focus();
}

/** The links of the cards that are shown, in their order. */
const links = () =>
  parts
    .flatMap(({ cards }) => cards)
    .filter(({ card }) => !card.hidden)
    .map(({ card }) => /** @type {HTMLAnchorElement} */ (card.querySelector(".run")));

/**
 * The link of the card that lies next to one, upwards or downwards.
 * @param {HTMLElement} from
 * @param {HTMLElement[]} all
 * @param {number} way -1 or 1
 */
function across(from, all, way) {
  /** @param {HTMLElement} link */
  const box = (link) => (link.closest(".card") ?? link).getBoundingClientRect();
  const here = box(from);
  const rows = all.filter((link) => Math.sign(Math.round(box(link).top - here.top)) === way);
  const distance = (/** @type {HTMLElement} */ link) =>
    1000 * Math.abs(box(link).top - here.top) + Math.abs(box(link).left - here.left);
  return rows.sort((a, b) => distance(a) - distance(b))[0];
}

/** @param {KeyboardEvent} event */
function move(event) {
  const all = links();
  const at = all.findIndex(
    (link) => link === document.activeElement || link.closest(".card")?.matches(":focus-within"),
  );
  if (at < 0) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowRight") return;
    event.preventDefault();
    all[0]?.focus();
    return;
  }
  const to = {
    ArrowLeft: all[at - 1],
    ArrowRight: all[at + 1],
    ArrowUp: across(all[at], all, -1) ?? find,
    ArrowDown: across(all[at], all, 1),
  }[/** @type {"ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"} */ (event.key)];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

find.addEventListener("input", filter);
find.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft" || event.key === "ArrowRight" || event.key === "/" || event.key === "r") {
    event.stopPropagation(); // they are typed
  } else if (event.key === "Enter" && find.value.trim()) {
    links()[0]?.click();
  } else if (event.key === "Escape") {
    clear();
  }
});
byId("clear").addEventListener("click", clear);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "/") {
    event.preventDefault();
    find.select();
    find.focus();
  } else if (event.key === "r") {
    const card = document.activeElement?.closest(".card");
    /** @type {HTMLAnchorElement | null | undefined} */ (card?.querySelector(".read"))?.click();
  } else {
    move(event);
  }
});

/** Says that a pattern is being started, which may take a while. */
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(".run");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const card = link.closest(".card");
  const says = card?.querySelector(".go");
  if (!card || !says) return;
  card.ariaBusy = "true";
  says.textContent = "Starting…";
});

// A page that is gone back to is as it was left.
addEventListener("pageshow", () => {
  for (const card of document.querySelectorAll('.card[aria-busy="true"]')) {
    card.ariaBusy = null;
    const says = card.querySelector(".go");
    if (says) says.textContent = "Run it";
  }
  filter();
});
