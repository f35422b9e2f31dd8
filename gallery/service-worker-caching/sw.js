// The service worker of the page: this release of the application, and the Python that it needs. When any of its files
// has changed, give the release a new name, and upload this file last.
importScripts("cached-release.js");

serveRelease({
  name: "1",
  runtime: "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/",
  files: {
    "./": "index.html",
    "index.html": "index.html",
    "style.css": "style.css",
    "main.mjs": "main.mjs",
    "offline.mjs": "offline.mjs",
    "main.py": "main.py",
    "walking.py": "walking.py",
  },
});
