// @ts-check
// Notices that files have changed, whoever has changed them.

const PATIENCE = 500;

/**
 * Calls back once some files have changed, however many there are, when what changed them has come to its end.
 * @param {any} FS of Pyodide
 * @param {string[]} folders that are looked at where the file system does not say what it does
 * @param {() => void} changed
 */
export function watch(FS, folders, changed) {
  let due = false;
  const tell = () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      changed();
    });
  };
  if (FS.trackingDelegate) track(FS, tell);
  else scan(FS, folders, tell);
}

/** Has the file system say so. Python is at work meanwhile, and must not be asked anything. @param {any} FS @param {() => void} tell */
function track(FS, tell) {
  const delegate = FS.trackingDelegate;
  for (const event of ["onWriteToFile", "onMakeDirectory", "onMakeSymlink", "onMovePath", "onDeletePath"]) {
    const others = delegate[event];
    delegate[event] = (/** @type {any[]} */ ...what) => {
      others?.(...what);
      tell();
    };
  }
  const { onOpenFile } = delegate;
  delegate.onOpenFile = (/** @type {string} */ path, /** @type {number} */ flags) => {
    onOpenFile?.(path, flags);
    if (flags & 3) tell(); // to write, which may have made it or emptied it
  };
}

/** Looks every now and then. @param {any} FS @param {string[]} folders @param {() => void} tell */
function scan(FS, folders, tell) {
  /** @param {string} path @returns {string} */
  const seen = (path) => {
    const { mode, size, mtime } = FS.lstat(path);
    if (!FS.isDir(mode)) return `${size} ${Number(mtime)}`;
    const names = FS.readdir(path).filter((/** @type {string} */ name) => name !== "." && name !== "..");
    return `{${names.map((/** @type {string} */ name) => `${name}/${seen(`${path}/${name}`)}`)}}`;
  };
  const look = () => folders.map(seen).join();
  let last = look();
  setInterval(() => {
    const now = look();
    if (now !== last) tell();
    last = now;
  }, PATIENCE);
}
