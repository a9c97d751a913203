import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import type { Scene } from "../scene.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";

/** The menu of what apps offer anywhere: their global shortcuts. */
export function shortcutsButton(now: () => Scene): HTMLElement {
  const open = () => {
    const { place, overview } = now();
    const entries = overview.apps.flatMap(({ name, shortcuts }) =>
      shortcuts
        .filter(({ type }) => type === "global")
        .map(({ name: label, description, callbackId }) => ({
          label,
          detail: description,
          group: name,
          choose: () => failing(ask("useGlobalShortcut", { as: place.as, callbackId })),
        })),
    );
    popover(node, { label: "Shortcuts", kind: "menu", entries, searchable: entries.length > 5 });
  };
  const node: HTMLElement = element(
    "button",
    {
      type: "button",
      "aria-label": "Shortcuts",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "Shortcuts of apps",
      click: open,
    },
    icon("bolt"),
  );
  return node;
}
