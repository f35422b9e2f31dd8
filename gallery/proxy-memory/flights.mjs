// @ts-check
// Draws flights on the map. It keeps the one that it was given last, to draw it again when the map changes its size:
// what it is given must be JavaScript's own, or be kept alive by whoever gives it.

const STEPS = 24;

const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("flight"));
const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/** The flight, x and y in turn. @type {Float64Array} */
let flight = new Float64Array();
let shown = 0;

new ResizeObserver(draw).observe(canvas);

/** Shows no flight any more. */
export function clear() {
  flight = new Float64Array();
  shown = 0;
  draw();
}

/**
 * Shows a flight from its beginning to its end, if nothing else is to be shown before, and gives how many positions
 * were shown.
 *
 * @param {Float64Array} path x and y in turn
 * @param {(x: number, y: number) => void} moved called with each position that is drawn
 * @param {AbortSignal} signal breaks it off
 */
export async function fly(path, moved, signal) {
  flight = path;
  const positions = path.length / 2;
  let reached = 0;
  for (let step = 1; step <= STEPS && flight === path && !signal.aborted; step += 1) {
    shown = reached = Math.round((step / STEPS) * positions);
    moved(path[2 * shown - 2], path[2 * shown - 1]);
    draw();
    await new Promise(requestAnimationFrame);
  }
  return reached;
}

function draw() {
  const scale = devicePixelRatio * (canvas.clientWidth / 400);
  canvas.width = 400 * scale;
  canvas.height = 200 * scale;
  context.scale(scale, scale);
  context.strokeStyle = "#c2410c";
  context.lineWidth = 2;
  context.beginPath();
  for (let i = 0; i < shown; i += 1) {
    context.lineTo(flight[2 * i], flight[2 * i + 1]);
  }
  context.stroke();
}
