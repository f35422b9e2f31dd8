// The buoy: it says that it is ready, and then counts its samples.
self.onmessage = ({ data }) => {
  const state = new Int32Array(data, 0, 4);
  Atomics.store(state, 0, 1);
  setInterval(() => {
    Atomics.add(state, 1, 1);
    Atomics.notify(state, 1);
  }, 1000);
};
