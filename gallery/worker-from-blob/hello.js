// What the tries start: a worker of any kind that says one word.
self.postMessage("Hello");
