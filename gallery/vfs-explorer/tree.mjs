// @ts-check
// A tree of folders and files, as a screen reader and a keyboard know trees:
// https://www.w3.org/WAI/ARIA/apg/patterns/treeview/.

/** @typedef {import("./files.mjs").Item} Item */

/** An item that is shown. @typedef {{ item: Item, row: HTMLElement, group: HTMLElement, children: Map<string, Entry> }} Entry */

export class Tree {
  #element;
  #list;
  #selected;
  /** All that are shown. @type {Map<Element, Entry>} */
  #nodes = new Map();
  /** @type {Entry} */
  #root;
  /** The one that has the focus, or will have it. @type {Entry} */
  #current;

  /**
   * @param {HTMLElement} element
   * @param {Item} root
   * @param {(path: string) => Item[]} list
   * @param {(item: Item) => void} selected
   */
  constructor(element, root, list, selected) {
    this.#element = element;
    this.#list = list;
    this.#selected = selected;
    this.#root = this.#make(root, 1);
    this.#current = this.#root;
    this.#root.row.tabIndex = 0;
    element.replaceChildren(this.#root.row);
    element.addEventListener("click", (event) => this.#click(event));
    element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** What is selected. */
  get item() {
    return this.#current.item;
  }

  /** Opens the folders that lead to something, and selects it. @param {string} path */
  reveal(path) {
    let node = this.#root;
    this.#open(node);
    for (const name of path.split("/").slice(1)) {
      const child = node.children.get(name);
      if (!child) break;
      node = child;
      if (node.item.path !== path) this.#open(node);
    }
    this.#select(node);
  }

  /** Shows what has changed, in the folders that are open. What is selected and open stays so. */
  refresh() {
    const had = this.#element.contains(document.activeElement);
    this.#fill(this.#root);
    if (!this.#nodes.has(this.#current.row)) this.#select(this.#root);
    else this.#selected(this.#current.item);
    if (had) this.#current.row.focus();
  }

  /** @param {Item} item @param {number} level @returns {Entry} */
  #make(item, level) {
    const row = document.createElement("div");
    const label = document.createElement("span");
    const group = document.createElement("div");
    row.role = "treeitem";
    row.tabIndex = -1;
    row.ariaLevel = String(level);
    row.ariaSelected = "false";
    row.dataset.kind = item.kind;
    row.dataset.path = item.path;
    row.append(label);
    if (item.kind === "folder") {
      row.ariaExpanded = "false";
      group.role = "group";
      group.hidden = true;
      row.append(group);
    }
    const node = { item, row, group, children: new Map() };
    this.#nodes.set(row, node);
    this.#say(node);
    return node;
  }

  /** Writes what an item is, as text: a name may be anything. @param {Entry} node */
  #say({ item: { name, kind, size, mounted }, row }) {
    const what = mounted ? "mounted" : kind === "file" ? bytes(size) : kind === "folder" ? "" : kind;
    const label = /** @type {HTMLElement} */ (row.firstElementChild);
    label.textContent = name;
    if (!what) return;
    const small = document.createElement("small");
    small.textContent = ` ${what}`;
    label.append(small);
  }

  /** Shows what is in an open folder, and in those below. @param {Entry} node */
  #fill(node) {
    if (node.row.ariaExpanded !== "true") return;
    const before = node.children;
    node.children = new Map();
    for (const item of this.#list(node.item.path)) {
      const old = before.get(item.name);
      const child = old?.item.kind === item.kind ? old : this.#make(item, Number(node.row.ariaLevel) + 1);
      if (child === old && (old.item.size !== item.size || old.item.mounted !== item.mounted)) {
        old.item = item;
        this.#say(old);
      }
      child.item = item;
      node.children.set(item.name, child);
      this.#fill(child);
    }
    for (const old of before.values()) if (node.children.get(old.item.name) !== old) this.#forget(old);
    const rows = [...node.children.values()].map(({ row }) => row);
    if (rows.some((row, at) => node.group.children[at] !== row) || rows.length !== node.group.children.length) {
      node.group.replaceChildren(...rows);
    }
  }

  /** @param {Entry} node */
  #forget(node) {
    this.#nodes.delete(node.row);
    for (const child of node.children.values()) this.#forget(child);
  }

  /** @param {Entry} node */
  #open(node) {
    if (node.item.kind !== "folder") return;
    node.row.ariaExpanded = "true";
    node.group.hidden = false;
    this.#fill(node);
  }

  /** @param {Entry} node */
  #close(node) {
    node.row.ariaExpanded = "false";
    node.group.hidden = true;
  }

  /** @param {Entry} node */
  #select(node) {
    this.#current.row.tabIndex = -1;
    this.#current.row.ariaSelected = "false";
    this.#current = node;
    node.row.tabIndex = 0;
    node.row.ariaSelected = "true";
    this.#selected(node.item);
  }

  /** @param {MouseEvent} event */
  #click({ target }) {
    const row = /** @type {Element} */ (target).closest("[role=treeitem]");
    const node = row && this.#nodes.get(row);
    if (!node) return;
    if (node.row.ariaExpanded === "true" && node === this.#current) this.#close(node);
    else this.#open(node);
    this.#select(node);
    node.row.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const shown = this.#shown();
    const at = shown.indexOf(this.#current);
    const open = this.#current.row.ariaExpanded;
    /** Where a key leads. @type {Record<string, () => Entry | undefined>} */
    const keys = {
      ArrowDown: () => shown[at + 1],
      ArrowUp: () => shown[at - 1],
      Home: () => shown[0],
      End: () => shown.at(-1),
      ArrowRight: () =>
        (open === "false" ? this.#opened() : open && this.#current.children.values().next().value) || undefined,
      ArrowLeft: () => (open === "true" ? this.#closed() : this.#nodes.get(this.#above())),
      Enter: () => (open === "true" ? this.#closed() : this.#opened()),
    };
    const to = keys[event.key]?.() ?? (event.key.length === 1 ? this.#named(event.key, shown, at) : undefined);
    if (!to && !(event.key in keys)) return;
    event.preventDefault();
    if (!to) return;
    this.#select(to);
    to.row.focus();
  }

  #opened() {
    this.#open(this.#current);
    return this.#current;
  }

  #closed() {
    this.#close(this.#current);
    return this.#current;
  }

  /** The row of the folder that this one is in, or itself. */
  #above() {
    const { row } = this.#current;
    return row.parentElement?.closest("[role=treeitem]") ?? row;
  }

  /** The next that begins with a letter. @param {string} letter @param {Entry[]} shown @param {number} at */
  #named(letter, shown, at) {
    const begins = (/** @type {Entry} */ { item }) => item.name.toLowerCase().startsWith(letter.toLowerCase());
    return [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find(begins);
  }

  /** What one sees, from top to bottom. @returns {Entry[]} */
  #shown(node = this.#root) {
    const below = node.row.ariaExpanded === "true" ? [...node.children.values()] : [];
    return [node, ...below.flatMap((child) => this.#shown(child))];
  }
}

/** A size in words. @param {number} size in bytes */
export function bytes(size) {
  if (size < 1000) return `${size} B`;
  for (const unit of ["kB", "MB"]) {
    size /= 1000;
    if (size < 1000) return `${size.toFixed(size < 10 ? 1 : 0)} ${unit}`;
  }
  return `${(size / 1000).toFixed(1)} GB`;
}
