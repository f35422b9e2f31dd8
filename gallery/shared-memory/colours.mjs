// The colours of the counts, by JavaScript. It reads the shared memory where it is.

/**
 * Colours the counts, and says how many cells are lit.
 *
 * @param {Int32Array} counts
 * @param {Uint8ClampedArray} pixels
 */
export function colour(counts, pixels) {
  let most = 1;
  let lit = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > most) most = counts[i];
    if (counts[i] > 0) lit++;
  }
  const scale = 1 / Math.log(1 + most);
  for (let i = 0; i < counts.length; i++) {
    const heat = Math.log(1 + counts[i]) * scale;
    pixels[4 * i] = 255 * Math.sqrt(heat);
    pixels[4 * i + 1] = 255 * heat ** 2;
    pixels[4 * i + 2] = 255 * heat ** 4;
    pixels[4 * i + 3] = 255;
  }
  return lit;
}
