// The page: palettes that come and go, and the colours that were picked.

import { Suspense, use, useReducer, useState } from "react";
import { flushSync } from "react-dom";
import { Palette } from "./palette";
import { python } from "./python";

const RENDERS = 20;

export function App() {
  return (
    <Suspense fallback={<output id="status">Starting Python…</output>}>
      <Workbench />
    </Suspense>
  );
}

function Workbench() {
  const module = use(python);
  const [hues, setHues] = useState([210]);
  const [picked, setPicked] = useState<string[]>([]);
  const [, render] = useReducer((count: number) => count + 1, 0);
  const [took, setTook] = useState<number>();

  function renderAgain() {
    const began = performance.now();
    for (let n = 0; n < RENDERS; n++) flushSync(render);
    setTook((performance.now() - began) / RENDERS);
  }

  return (
    <>
      <p>
        <output id="status">Ready</output>
      </p>
      <p>
        <button id="add" type="button" onClick={() => setHues([...hues, ((hues.at(-1) ?? 100) + 110) % 360])}>
          Add a palette
        </button>{" "}
        <button id="remove" type="button" disabled={hues.length === 0} onClick={() => setHues(hues.slice(0, -1))}>
          Remove the last
        </button>{" "}
        <button id="again" type="button" onClick={renderAgain}>
          Render {RENDERS} times
        </button>
      </p>
      {hues.map((hue) => (
        <section key={hue}>
          <Palette python={module} hue={hue} onPick={(colour) => setPicked([...new Set([...picked, colour])])} />
        </section>
      ))}
      <section>
        <h2>Picked</h2>
        <ul id="picked">
          {picked.map((colour) => (
            <li key={colour}>
              <code>{colour}</code>
            </li>
          ))}
        </ul>
        <p>
          A render of all this takes <output id="took">{took?.toFixed(2) ?? "–"}</output> ms, and Python hears nothing
          of it.
        </p>
      </section>
    </>
  );
}
