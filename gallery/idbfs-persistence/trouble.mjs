// @ts-check
// Plays a disk that is full, to see what the page says then. Leave this file out of an application of your own.

const full = /** @type {HTMLInputElement} */ (document.querySelector("#full"));
const { put } = IDBObjectStore.prototype;

full.addEventListener("change", () => {
  IDBObjectStore.prototype.put = full.checked ? refuse : put;
});

/** @returns {never} */
function refuse() {
  throw new DOMException("there is no space left", "QuotaExceededError");
}
