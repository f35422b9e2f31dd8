// What the camera sees: hills at dusk, other ones each time, or the inside of the lens cap.

/**
 * Takes a picture: red, green, blue and opacity of each point, row by row.
 *
 * @param {number} width
 * @param {number} height
 * @param {boolean} capped
 */
export function take(width, height, capped) {
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );
  context.fillRect(0, 0, width, height);
  if (!capped) dusk(context, width, height);
  return context.getImageData(0, 0, width, height).data;
}

/** @param {OffscreenCanvasRenderingContext2D} context @param {number} width @param {number} height */
function dusk(context, width, height) {
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, "#111");
  sky.addColorStop(0.7, "#bbb");
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  const sun = width * (0.2 + 0.6 * Math.random());
  context.fillStyle = "#eee";
  context.beginPath();
  context.arc(sun, height * 0.45, height * 0.09, 0, 2 * Math.PI);
  context.fill();
  for (const [base, swing, grey] of [
    [0.6, 0.09, 110],
    [0.72, 0.07, 70],
    [0.86, 0.05, 30],
  ]) {
    const phase = 2 * Math.PI * Math.random();
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.beginPath();
    context.moveTo(0, height);
    for (let x = 0; x <= width; x++) {
      const wave = Math.sin(phase + x / 37) + 0.5 * Math.sin(2 * phase + x / 13);
      context.lineTo(x, height * (base + swing * wave));
    }
    context.lineTo(width, height);
    context.fill();
  }
}
