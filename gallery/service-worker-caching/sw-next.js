// What sw.js says after the next release. It has another name here because a folder does not change by itself.
importScripts("cached-release.js");

serveRelease({
  name: "2",
  runtime: "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/",
  files: {
    "./": "index.html",
    "index.html": "index.html",
    "style.css": "style.css",
    "main.mjs": "main.mjs",
    "offline.mjs": "offline.mjs",
    "main.py": "next/main.py",
    "walking.py": "next/walking.py",
  },
});
