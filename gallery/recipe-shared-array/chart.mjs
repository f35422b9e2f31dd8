// @ts-check
// The harbour as JavaScript has it: what was sounded, and how a floor is drawn.

/** How many numbers a row of the floor has, and how many rows there are: a megabyte of 32-bit numbers. */
export const WIDTH = 1024;
export const HEIGHT = 256;

/** What was sounded, row by row, in metres above chart datum. */
export const sounded = new Float32Array(WIDTH * HEIGHT).map((_, at) =>
  floor((at % WIDTH) / HEIGHT, Math.floor(at / WIDTH) / HEIGHT),
);

/** @param {number} x from 0 to 4 @param {number} y from 0 to 1 */
function floor(x, y) {
  const channel = Math.exp(-(((y - 0.5 - 0.1 * Math.sin(x)) / 0.2) ** 2)) * (4.5 - x);
  const banks = Math.sin(2.3 * x + 3 * y) * Math.cos(5 * y - 0.7 * x) + 0.3 * Math.sin(9 * x) * Math.sin(11 * y);
  return x + 1.2 * banks - 1.4 * channel - 1;
}

const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector("#chart"));
const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
const picture = new ImageData(WIDTH, HEIGHT); // of our own: a browser draws no shared memory

/**
 * Draws a floor under water that stands so high, in metres.
 * @param {Float32Array} metres
 * @param {number} level
 */
export function draw(metres, level) {
  for (let at = 0; at < metres.length; at += 1) {
    const depth = level - metres[at];
    const shade = Math.min(1, Math.max(0, depth / 10));
    const [red, green, blue] =
      depth <= 0
        ? [214, 197, 150]
        : depth < 2.5
          ? [160, 214, 226]
          : [110 - 90 * shade, 180 - 110 * shade, 215 - 75 * shade];
    picture.data.set([red, green, blue, 255], 4 * at);
  }
  context.putImageData(picture, 0, 0);
}
