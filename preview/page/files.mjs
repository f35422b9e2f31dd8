// Watches what is written to mounts that the browser's database keeps only when they are synced.

/**
 * Watches the files of a Pyodide.
 * @param {any} FS
 * @returns {Set<string>} those that were written to and not synced since
 */
export function watchFiles(FS) {
  const { write, syncfs } = FS;
  /** @type {Set<string>} */
  const unsynced = new Set();
  // Python may not be asked anything while it writes: it has let go of its lock.
  FS.write = (/** @type {any} */ stream, /** @type {any[]} */ ...rest) => {
    if (isKept(FS, stream.node?.mount)) unsynced.add(FS.getPath(stream.node));
    return write.call(FS, stream, ...rest);
  };
  FS.syncfs = (/** @type {any} */ populate, /** @type {any[]} */ ...rest) => {
    if (populate !== true) unsynced.clear(); // what is written while it goes on is not sure to be in it
    return syncfs.call(FS, populate, ...rest);
  };
  return unsynced;
}

/**
 * Whether the files of a mount are lost unless they are synced.
 * @param {any} FS
 * @param {any} mount
 */
function isKept(FS, mount) {
  if (!mount || mount.type !== FS.filesystems.IDBFS) return false;
  try {
    return !mount.opts?.autoPersist;
  } catch {
    return true; // the options are a proxy of Python's that is gone: it was not asked for
  }
}
