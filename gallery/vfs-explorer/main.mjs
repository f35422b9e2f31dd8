// @ts-check
// The page: a tree of what Python has, and what is done with one of its files.
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";
import { Files, join, parent } from "./files.mjs";
import { bytes, Tree } from "./tree.mjs";
import { watch } from "./watch.mjs";

/** @typedef {import("./files.mjs").Item} Item */

const OWN = ["/data", "/drive", "/home/pyodide", "/kept"];
/** How much of a file is shown, in bytes. */
const SHOWN = 16_384;
const SHOWN_AS_HEX = 512;

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);

/** What was measured. @type {Record<string, number>} */
const measured = {};
/** @type {any} */ (window).measured = measured;

const pyodide = await loadPyodide();
const { FS } = pyodide;
const files = new Files(FS, OWN);

/** Copies what is mounted from the browser (true) or to it. @param {boolean} populate @returns {Promise<void>} */
function synced(populate) {
  return new Promise((resolve, reject) => {
    FS.syncfs(populate, (/** @type {unknown} */ error) => (error ? reject(error) : resolve()));
  });
}

FS.mkdirTree("/data");
FS.mkdirTree("/kept");
FS.mount(FS.filesystems.IDBFS, {}, "/kept");
if (navigator.storage?.getDirectory) await pyodide.mountNativeFS("/drive", await navigator.storage.getDirectory());
await synced(true);

/** Whether something has changed since the last save began, and whether one goes on. */
let unsaved = false;
let saving = false;

/** Saves what is mounted, and once more if something changes meanwhile. */
async function save() {
  unsaved = true;
  if (saving) return;
  saving = true;
  try {
    while (unsaved) {
      unsaved = false;
      at("status").value = "Saving…";
      const began = performance.now();
      await synced(false);
      measured.saved = performance.now() - began;
      at("saved").value = `${measured.saved.toFixed(1)} ms`;
      at("status").value = `Saved; the browser keeps ${files.list("/kept").length} of /kept`;
    }
  } catch (error) {
    fail(error);
  } finally {
    saving = false;
  }
}

/** What is shown beside the tree, and as it was when it was read. @type {Item | undefined} */
let current;

/** @param {Item} item */
function show(item) {
  const same = current?.path === item.path;
  if (same && current?.size === item.size && Number(current.modified) === Number(item.modified)) return;
  current = item;
  at("name").textContent = item.name;
  at("path").value = item.path;
  at("size").value = item.kind === "file" ? `${item.size.toLocaleString("en")} bytes` : "–";
  at("modified").value = item.modified.toLocaleString("en");
  at("place").value = item.place;
  at("add").hidden = !files.mayAdd(item);
  at("change").hidden = item.mounted || !files.mayChange(item.path);
  at("download").hidden = item.kind !== "file";
  if (!same) {
    at("rename").value = item.name;
    fail("");
  }
  read(item);
}

/** Shows the beginning of a file. @param {Item} item */
function read({ path, kind, size }) {
  at("content").hidden = kind !== "file";
  at("more").hidden = kind !== "file" || size <= SHOWN;
  if (kind !== "file") return;
  const { text, bytes } = files.peek(path, SHOWN);
  at("content").textContent = text ?? hex(bytes.subarray(0, SHOWN_AS_HEX));
}

/** @param {Uint8Array} data */
function hex(data) {
  const lines = [];
  for (let start = 0; start < data.length; start += 16) {
    const line = [...data.subarray(start, start + 16)];
    const codes = line.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = line.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    lines.push(`${start.toString(16).padStart(6, "0")}  ${codes.padEnd(47)}  ${letters}`);
  }
  return lines.join("\n");
}

/** Says what went wrong; the file system does so with a number. @param {any} error */
function fail(error) {
  at("error").textContent = error.errno ? `The file system says no: error ${error.errno}` : (error.message ?? error);
}

/**
 * Does something with what is selected, and says why it cannot be done.
 * @param {(item: Item) => unknown} work
 */
async function attempt(work) {
  fail("");
  try {
    await work(tree.item);
  } catch (error) {
    fail(error);
  }
}

const tree = new Tree(at("tree"), files.look("/"), (path) => files.list(path), show);

/** @param {string} path has come, or has another name now */
function reveal(path) {
  tree.refresh();
  tree.reveal(path);
}

at("upload").addEventListener("change", () =>
  attempt(async (folder) => {
    const { length } = pyodide._module.HEAP8;
    const began = performance.now();
    for (const file of at("upload").files) reveal(await files.upload(folder, file));
    measured.uploaded = performance.now() - began;
    measured.grown = pyodide._module.HEAP8.length - length;
    at("uploaded").value = `${measured.uploaded.toFixed(1)} ms`;
    at("grown").value = bytes(measured.grown);
  }).then(() => at("add").reset()),
);

at("change").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  attempt((item) => reveal(files.rename(item, at("rename").value)));
});

at("download").addEventListener("click", () =>
  attempt(({ path, name }) => {
    const began = performance.now();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(files.download(path));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser has read it by then
    measured.downloaded = performance.now() - began;
    at("downloaded").value = `${measured.downloaded.toFixed(1)} ms`;
  }),
);

at("delete").addEventListener("click", () => {
  at("question").textContent =
    `Delete ${tree.item.path}${tree.item.kind === "folder" ? " and all that is in it" : ""}?`;
  at("sure").returnValue = "";
  at("sure").showModal();
});

at("sure").addEventListener("close", () => {
  if (at("sure").returnValue !== "yes") return;
  attempt((item) => {
    files.remove(item);
    reveal(parent(item.path));
  });
});

FS.writeFile(join("/home/pyodide", "station.py"), await (await fetch("station.py")).text());
pyodide.pyimport("station").destroy();
tree.reveal("/data/levels.csv");
at("status").value = "Ready";

watch(FS, OWN, () => {
  tree.refresh();
  const mark = performance.getEntriesByName("written").at(-1);
  if (mark) {
    measured.seen = performance.now() - mark.startTime;
    at("seen").value = `${measured.seen.toFixed(1)} ms`;
    performance.clearMarks("written");
  }
  save();
});
