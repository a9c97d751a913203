import { initialPick, type Picked } from "../../block-kit/controls.ts";
import { ask } from "../ask.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { troubleOf, using } from "../blocks/control-status.ts";
import { element } from "../dom/element.ts";
import { avatar } from "../dom/icon.ts";
import { redraw } from "../place.ts";
import type { App, Scene } from "../scene.ts";

type Filled = Record<string, Record<string, Picked>>;

// What one has picked on a tab stands there until the app publishes it anew under another id.
const filledIn = new Map<string, Filled>();

function surface(scene: Scene, app: App, id: string): Surface {
  const { as } = scene.place;
  const key = `home/${id}`;
  const filled = filledIn.get(`${as}/${id}`) ?? {};
  filledIn.set(`${as}/${id}`, filled);
  return {
    around: scene.around,
    key,
    errors: {},
    trouble: troubleOf,
    held: ({ blockId, actionId }, control) => filled[blockId]?.[actionId] ?? initialPick(control),
    act({ blockId, actionId }, picked, how) {
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
      if (how === "typed") return;
      const use = { blockId, actionId, picked };
      using(`${key}/${blockId}/${actionId}`, ask("useInHome", { as, app: app.name, use, filled }));
      redraw();
    },
    // Slack asks apps for options on home tabs too; the simulator does so for messages and dialogs only.
    suggest: () => Promise.resolve({ groups: [], says: "Result not found", why: undefined }),
  };
}

/** An app's home tab, as the app has published it for this person. */
export function homeTab(scene: Scene, app: App): HTMLElement {
  const { home } = scene;
  const pane = element("div", {
    class: "home",
    tabindex: "0",
    role: "region",
    "aria-label": `Home of ${app.name}`,
  });
  if (!home?.blocks) {
    const words = `${app.name} has published nothing here yet. It was just told that you opened its home.`;
    pane.append(element("p", { class: "hint" }, words));
  } else pane.append(...blockNodes(home.blocks, surface(scene, app, home.id ?? "")));
  return pane;
}

/** What Slack tells of an app. */
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
        detail: `${description} · ${type === "global" ? "anywhere" : "in the menu of a message"}`,
      })),
    ),
  );
}
