// A release of which a file was not uploaded. It is never used.
importScripts("cached-release.js");

serveRelease({
  name: "3",
  runtime: "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/",
  files: {
    "./": "index.html",
    "index.html": "index.html",
    "style.css": "style.css",
    "main.mjs": "main.mjs",
    "offline.mjs": "offline.mjs",
    "main.py": "next/main.py",
    "walking.py": "not-uploaded/walking.py",
  },
});
