import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";

const place = document.getElementById("app") as HTMLElement;

createRoot(place, {
  onUncaughtError(error) {
    console.error(error);
    const failure = Object.assign(document.createElement("p"), {
      role: "alert",
      textContent: `It does not work: ${error}`,
    });
    place.replaceChildren(failure);
  },
}).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
