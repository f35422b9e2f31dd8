// Python, as the components see it. It is started once, whatever React mounts, and however often.

import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/pyodide.mjs";

const WHEEL = "pyodide_ls_bridge-1.0.0-py3-none-any.whl";

/** What JavaScript holds of a Python object, until somebody destroys it. */
interface PyProxy {
  destroy(): void;
}

interface Widget extends PyProxy {
  readonly show: PyProxy & Mounted["show"];
  end(): void;
}

export interface PaletteModule {
  readonly Palette: (place: Element, changed: (colours: string) => void, picked: (colour: string) => void) => Widget;
}

/** A palette that is in the page, as long as React has the component there. */
export interface Mounted {
  /** Shows the harmony of a hue, in degrees. It is Python's, and React may hand it on like any function. */
  show(hue: number, harmony: string): void;
  /** Calls a function whenever the colours are others, until what it gives is called. */
  subscribe(listener: () => void): () => void;
  /** The colours, in one text: the same one until they are others. */
  colours(): string;
  /** Takes the palette out of the page, and lets go of Python. */
  end(): void;
}

async function start(): Promise<PaletteModule> {
  const pyodide = await loadPyodide();
  pyodide.unpackArchive(await (await fetch(WHEEL)).arrayBuffer(), "wheel");
  pyodide.FS.writeFile("palette.py", await (await fetch("palette.py")).text());
  const { Palette } = pyodide.pyimport("palette"); // each access would make a proxy, this is the only one
  return { Palette };
}

/** Settled when Python is there. The promise is always this one, as `use` needs it. */
export const python = start();

/** Has Python take over an element, and owns all proxies that come of it. */
export function mount({ Palette }: PaletteModule, place: Element, picked: (colour: string) => void): Mounted {
  let colours = "";
  const listeners = new Set<() => void>();
  // Python tells a function of JavaScript, which tells React: to subscribe makes no proxy, and neither does to look.
  const changed = (text: string) => {
    colours = text;
    for (const listener of listeners) listener();
  };
  const widget = Palette(place, changed, picked);
  const { show } = widget; // a bound method, taken once
  return {
    show,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    colours: () => colours,
    end() {
      widget.end();
      show.destroy();
      widget.destroy();
    },
  };
}
