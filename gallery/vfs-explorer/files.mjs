// @ts-check
// What is done with the files that Python has. Names come from people and from programs: none is taken for a path.

/** @typedef {"file" | "folder" | "link" | "device"} Kind */
/** @typedef {{ path: string, name: string, kind: Kind, size: number, modified: Date, place: string, mounted: boolean }} Item */

/** How much is read at once, in bytes. */
const PIECE = 1 << 20;

const decoder = new TextDecoder("utf-8", { fatal: true });

export class Files {
  #FS;
  #own;

  /**
   * @param {any} FS of Pyodide
   * @param {string[]} own are the folders below which something may be changed: the others are Python's
   */
  constructor(FS, own) {
    this.#FS = FS;
    this.#own = own;
  }

  /** What is in a folder: folders first, each by name. @param {string} path @returns {Item[]} */
  list(path) {
    /** @type {string[]} */
    const names = this.#FS.readdir(path);
    const items = names.filter((name) => name !== "." && name !== "..").map((name) => this.look(join(path, name)));
    const rank = (/** @type {Item} */ item) => Number(item.kind !== "folder");
    return items.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en", { numeric: true }));
  }

  /** What a path is. A link is a link, wherever it leads. @param {string} path @returns {Item} */
  look(path) {
    const { node } = this.#FS.lookupPath(path); // follows mounts, and no link at the end
    const { mode, size, mtime } = this.#stat(path);
    return {
      path,
      name: path.slice(path.lastIndexOf("/") + 1) || "/",
      kind: this.#kind(mode),
      size: this.#FS.isDir(mode) ? 0 : size,
      modified: new Date(mtime),
      place: this.#place(node.mount.type),
      mounted: path !== "/" && node.mount.mountpoint === path,
    };
  }

  /** @param {string} path */
  isThere(path) {
    try {
      this.#FS.lstat(path);
      return true;
    } catch {
      return false;
    }
  }

  /** Whether a path is below a folder that one may change. @param {string} path */
  mayChange(path) {
    return this.#own.some((folder) => path.startsWith(`${folder}/`));
  }

  /** Whether one may add something to a folder. @param {Item} item */
  mayAdd({ path, kind }) {
    return kind === "folder" && (this.#own.includes(path) || this.mayChange(path));
  }

  /**
   * The beginning of a file, as text if it is UTF-8.
   * @param {string} path
   * @param {number} most bytes
   * @returns {{ text: string, bytes: undefined } | { text: undefined, bytes: Uint8Array }}
   */
  peek(path, most) {
    const [bytes = new Uint8Array()] = this.#pieces(path, most);
    try {
      const text = decoder.decode(bytes, { stream: true }); // the last character may be cut in two
      if (!text.includes("\0")) return { text, bytes: undefined };
    } catch {}
    return { text: undefined, bytes };
  }

  /** A file for the person. The browser takes piece by piece, and Python's is not copied as a whole. @param {string} path */
  download(path) {
    const pieces = [];
    for (const piece of this.#pieces(path, PIECE)) pieces.push(new Blob([piece]));
    return new Blob(pieces, { type: "application/octet-stream" });
  }

  /**
   * Gives Python a file. What the browser has read becomes the file: it is not copied again.
   * @param {Item} folder
   * @param {File} file
   */
  async upload(folder, file) {
    this.#free(folder, file.name); // before it is read, and again when it has been
    const bytes = new Uint8Array(await file.arrayBuffer());
    const path = this.#free(folder, file.name);
    this.#FS.writeFile(path, bytes, { canOwn: true });
    return path;
  }

  /** @param {Item} item @param {string} name */
  rename(item, name) {
    this.#check(item);
    const path = this.#free(this.look(parent(item.path)), name);
    this.#FS.rename(item.path, path);
    return path;
  }

  /** Deletes a file, or a folder with all that is in it. What a link leads to stays. @param {Item} item */
  remove(item) {
    this.#check(item);
    if (item.kind !== "folder") {
      this.#FS.unlink(item.path);
      return;
    }
    for (const child of this.list(item.path)) this.remove(child);
    this.#FS.rmdir(item.path);
  }

  /** A folder's own path for a new name. @param {Item} folder @param {string} name */
  #free(folder, name) {
    if (!this.mayAdd(folder)) throw new Error(`${folder.path} is Python's own`);
    const path = join(folder.path, name);
    if (this.isThere(path)) throw new Error(`${name} is there already`); // the file system would replace it
    return path;
  }

  /** @param {Item} item */
  #check({ path, mounted }) {
    if (!this.mayChange(path)) throw new Error(`${path} is Python's own`);
    if (mounted) throw new Error(`${path} is where files of another kind are mounted`);
  }

  /**
   * Reads a file piece by piece, of which only one is there at a time.
   * @param {string} path
   * @param {number} size of a piece, in bytes
   */
  *#pieces(path, size) {
    if (!this.#FS.isFile(this.#FS.stat(path).mode)) throw new Error(`${path} is no file`); // to read a device may wait
    const stream = this.#FS.open(path, "r");
    try {
      for (;;) {
        const piece = new Uint8Array(size);
        const length = this.#FS.read(stream, piece, 0, size);
        if (length === 0) return;
        yield piece.subarray(0, length);
      }
    } finally {
      this.#FS.close(stream);
    }
  }

  /** @param {string} path @returns {{ mode: number, size: number, mtime: Date | number }} */
  #stat(path) {
    try {
      return this.#FS.lstat(path);
    } catch {
      return { mode: 0, size: 0, mtime: 0 }; // what is in /proc is named, and not all of it is there
    }
  }

  /** @param {number} mode @returns {Kind} */
  #kind(mode) {
    if (this.#FS.isDir(mode)) return "folder";
    if (this.#FS.isLink(mode)) return "link";
    return this.#FS.isFile(mode) ? "file" : "device";
  }

  /** @param {any} type of a mount */
  #place(type) {
    const { MEMFS, IDBFS, NATIVEFS_ASYNC } = this.#FS.filesystems;
    if (type === MEMFS) return "memory, until the page is closed";
    if (type === IDBFS) return "memory, and the browser's database when it is saved";
    if (type === NATIVEFS_ASYNC) return "memory, and files of the browser when it is saved";
    return "made up by Python";
  }
}

/**
 * The path of what has a name in a folder. A name that would lead elsewhere is an error.
 * @param {string} folder
 * @param {string} name
 */
export function join(folder, name) {
  if (name === "" || name === "." || name === ".." || /[/\0]/.test(name)) {
    throw new Error(`${JSON.stringify(name)} cannot be a name`);
  }
  return `${folder === "/" ? "" : folder}/${name}`;
}

/** @param {string} path */
export function parent(path) {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
