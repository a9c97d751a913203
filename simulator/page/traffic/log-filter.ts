import type { InputOf } from "../../control/serve.ts";
import { element } from "../dom/element.ts";
import { redraw } from "../place.ts";

type LogFilter = Pick<InputOf<"log">, "contains" | "direction" | "failed" | "after">;

let current: LogFilter = {};

/** Which calls the log shows. */
export const logFilter = (): LogFilter => current;

/** Looks for others; what isn't named stays. */
function setLogFilter(change: LogFilter): void {
  current = { ...current, ...change };
  redraw();
}

/** What narrows the log: words of method, channel and bodies, a direction, failures; and a fresh start. */
export function filterBar(newest: () => number): HTMLElement {
  const search = element("input", {
    class: "input",
    type: "search",
    placeholder: "Method, channel, or any word sent",
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
