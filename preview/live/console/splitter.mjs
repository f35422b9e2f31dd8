// The bar between the application and what is said of it.

const [LEAST, MOST, AT_FIRST, STEP] = [20, 80, 60, 2];

/**
 * Lets a bar share out a box between what stands before it and behind it, by mouse, touch and keyboard.
 * @param {HTMLElement} bar
 * @param {HTMLElement} box
 * @param {MediaQueryList} stacked whether one stands above the other
 */
export function split(bar, box, stacked) {
  let share = AT_FIRST;
  const set = (/** @type {number} */ percent) => {
    share = Math.min(Math.max(percent, LEAST), MOST);
    box.style.setProperty("--share", `${share}%`);
    bar.ariaValueNow = String(Math.round(share));
  };
  const turn = () => {
    bar.ariaOrientation = stacked.matches ? "horizontal" : "vertical";
  };
  [bar.ariaValueMin, bar.ariaValueMax] = [String(LEAST), String(MOST)];
  stacked.addEventListener("change", turn);
  turn();
  set(share);

  bar.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [less, more] = stacked.matches ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const to = { [less]: share - STEP, [more]: share + STEP, Home: LEAST, End: MOST, Enter: AT_FIRST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(to);
  });
  bar.addEventListener("dblclick", () => set(AT_FIRST));
  drag(bar, box, (x, y) => set(100 * (stacked.matches ? y : x)));
}

/**
 * Tells where in the box the bar is drawn to, each from 0 to 1. The box is marked meanwhile, so that the frame in it
 * does not take the mouse.
 * @param {HTMLElement} bar
 * @param {HTMLElement} box
 * @param {(x: number, y: number) => void} to
 */
function drag(bar, box, to) {
  bar.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    bar.focus();
    bar.setPointerCapture(event.pointerId);
    box.classList.add("dragged");
  });
  bar.addEventListener("pointermove", (event) => {
    if (!bar.hasPointerCapture(event.pointerId)) return;
    if (event.buttons === 0) {
      bar.releasePointerCapture(event.pointerId); // it was let go where nobody told
      return;
    }
    const { left, top, width, height } = box.getBoundingClientRect();
    to((event.clientX - left) / width, (event.clientY - top) / height);
  });
  bar.addEventListener("lostpointercapture", () => box.classList.remove("dragged"));
}
