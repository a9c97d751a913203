import type { InputOf } from "../../control/serve.ts";
import { element } from "../dom/element.ts";
import { redraw } from "../route.ts";

type LogFilter = Pick<InputOf<"log">, "contains" | "direction" | "failed" | "after">;

let current: LogFilter = {};

/** The current filter of the log. */
export const logFilter = (): LogFilter => current;

/** Changes the given parts of the filter. */
function setLogFilter(change: LogFilter): void {
  current = { ...current, ...change };
  redraw();
}

/** Draws the filters of the log, and the button that clears it. */
export function filterBar(newest: () => number): HTMLElement {
  const search = element("input", {
    class: "input",
    type: "search",
    placeholder: "Method, channel or text",
    "aria-label": "Filter calls",
    input: () => setLogFilter({ contains: search.value || undefined }),
  });
  const option = (value: string, text: string) => element("option", { value }, text);
  const direction = element(
    "select",
    {
      class: "input",
      "aria-label": "Direction",
      change: () => {
        const { value } = direction;
        setLogFilter({
          direction: value === "app to Slack" || value === "Slack to app" ? value : undefined,
        });
      },
    },
    option("", "Both ways"),
    option("app to Slack", "← from the app"),
    option("Slack to app", "→ to the app"),
  );
  const failed = element("input", {
    type: "checkbox",
    change: () => setLogFilter({ failed: failed.checked || undefined }),
  });
  return element(
    "div",
    { class: "filter-bar", role: "search", "aria-label": "Calls" },
    search,
    direction,
    element("label", {}, failed, "Failures only"),
    element(
      "button",
      { class: "button", type: "button", click: () => setLogFilter({ after: newest() }) },
      "Clear",
    ),
  );
}
