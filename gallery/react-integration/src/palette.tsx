// The component: an element that Python draws in, and controls that are React's.

import { useEffect, useEffectEvent, useId, useRef, useState, useSyncExternalStore } from "react";
import { type Mounted, mount, type PaletteModule } from "./python";

interface PaletteProps {
  python: PaletteModule;
  hue: number;
  onPick(colour: string): void;
}

/** A palette that begins with a hue, in degrees. */
export function Palette({ python, hue, onPick }: PaletteProps) {
  const place = useRef<HTMLDivElement>(null);
  const [palette, setPalette] = useState<Mounted>();
  const pick = useEffectEvent(onPick); // whatever function the last render was given

  useEffect(() => {
    if (!place.current) return;
    const mounted = mount(python, place.current, (colour) => pick(colour));
    setPalette(mounted);
    return () => {
      setPalette(undefined);
      mounted.end();
    };
  }, [python]);

  return (
    <>
      {/* React renders nothing into this one. */}
      <div className="swatches" ref={place} />
      {palette && <Controls first={hue} palette={palette} />}
    </>
  );
}

function Controls({ palette, first }: { palette: Mounted; first: number }) {
  const [hue, setHue] = useState(first);
  const [harmony, setHarmony] = useState("neighbours");
  const colours = useSyncExternalStore(palette.subscribe, palette.colours);
  const id = useId();

  useEffect(() => {
    palette.show(hue, harmony);
  }, [palette, hue, harmony]);

  return (
    <form>
      <label htmlFor={`${id}-hue`}>
        Hue
        <input
          id={`${id}-hue`}
          type="range"
          max="359"
          value={hue}
          onChange={({ target }) => setHue(target.valueAsNumber)}
        />
      </label>
      <label htmlFor={`${id}-harmony`}>
        Harmony
        <select id={`${id}-harmony`} value={harmony} onChange={({ target }) => setHarmony(target.value)}>
          <option>neighbours</option>
          <option>opposites</option>
          <option>thirds</option>
        </select>
      </label>
      <output className="colours">{colours}</output>
    </form>
  );
}
