import { type ControlValue, initialValue } from "../../block-kit/controls.ts";
import { ask } from "../ask.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { controlStatus, trackUse } from "../blocks/control-status.ts";
import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import type { App, PageState } from "../page-state.ts";
import { redraw } from "../route.ts";

type Filled = Record<string, Record<string, ControlValue>>;

// Values on a home tab, kept until the app publishes a tab with another ID.
const filledIn = new Map<string, Filled>();

function surface(state: PageState, app: App, id: string): Surface {
  const { as } = state.route;
  const key = `home/${id}`;
  const filled = filledIn.get(`${as}/${id}`) ?? {};
  filledIn.set(`${as}/${id}`, filled);
  return {
    workspace: state.workspace,
    key,
    errors: {},
    status: controlStatus,
    currentValue: ({ blockId, actionId }, control) => filled[blockId]?.[actionId] ?? initialValue(control),
    onAction({ blockId, actionId }, picked, phase) {
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
      if (phase === "typed") return;
      const use = { blockId, actionId, picked };
      trackUse(`${key}/${blockId}/${actionId}`, ask("useInHome", { as, app: app.id, use, filled }));
      redraw();
    },
    // Not simulated: unlike in Slack, external selects on home tabs find nothing.
    suggest: () => Promise.resolve({ groups: [], message: "Result not found", reason: undefined }),
  };
}

/** Draws an app's home tab for this person. */
export function homeTab(state: PageState, app: App): HTMLElement {
  const { home } = state;
  const pane = element("div", {
    class: "home",
    tabindex: "0",
    role: "region",
    "aria-label": `Home of ${app.name}`,
  });
  if (!home?.blocks) {
    const text = `${app.name} hasn't published a home tab yet. It was notified that you opened this one.`;
    pane.append(element("p", { class: "hint" }, text));
  } else pane.append(...blockNodes(home.blocks, surface(state, app, home.id ?? "")));
  return pane;
}

/** Draws the About tab of an app. */
export function aboutTab(app: App): HTMLElement {
  const list = (title: string, entries: { name: string; detail: string }[]) =>
    entries.length === 0
      ? []
      : [
          element("h3", {}, title),
          element(
            "dl",
            {},
            ...entries.flatMap(({ name, detail }) => [element("dt", {}, name), element("dd", {}, detail)]),
          ),
        ];
  return element(
    "div",
    { class: "home about", tabindex: "0", role: "region", "aria-label": `About ${app.name}` },
    element(
      "div",
      { class: "about-head" },
      avatar({ name: app.name, isApp: true }),
      element("div", {}, element("b", {}, app.name), element("p", {}, app.description)),
    ),
    ...list(
      "Commands",
      app.commands.map(({ command, usageHint, description }) => ({
        name: `${command} ${usageHint}`,
        detail: description,
      })),
    ),
    ...list(
      "Shortcuts",
      app.shortcuts.map(({ name, type, description }) => ({
        name,
        detail: `${description} · ${type === "global" ? "global" : "in a message's menu"}`,
      })),
    ),
  );
}
