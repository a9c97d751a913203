import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";
import { arrowKeys } from "../dom/focus.ts";
import { element, reconcile } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import { actingAs } from "./acting-as.ts";
import { appRows } from "./apps.ts";
import { row } from "./row.ts";

const heading = (text: string, ...more: Node[]) =>
  element("div", { class: "group" }, element("h2", {}, text), ...more);

/** Opens direct messages with somebody one has not written to yet. */
function newDirect({ place, around }: Scene): HTMLElement {
  const entries = around.people
    .filter(({ id }) => id !== around.me)
    .map(({ id, name, detail }) => ({
      label: name,
      detail,
      choose: () =>
        failing(
          ask("openDirect", { as: place.as, with: id }).then(({ channel }) =>
            go({ channel, thread: "", tab: "messages" }),
          ),
        ),
    }));
  const node: HTMLElement = element(
    "button",
    {
      class: "add",
      "data-key": "new-direct",
      "aria-label": "New direct message",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      title: "New direct message",
      click: () => popover(node, { label: "People", kind: "listbox", entries, searchable: true }),
    },
    icon("plus"),
  );
  return node;
}

const drawn = new WeakSet<Element>();

/** The list of conversations, and who one is. */
export function drawSidebar(parent: HTMLElement, scene: Scene): void {
  const { overview } = scene;
  if (!drawn.has(parent)) arrowKeys(parent, ".row");
  drawn.add(parent);
  const channels = overview.channels.filter(({ kind }) => kind !== "im");
  const people = overview.channels.filter(({ kind, hasApp }) => kind === "im" && !hasApp);
  const apps = appRows(scene);
  reconcile(parent, [
    element(
      "h1",
      { id: "team" },
      overview.team.name,
      element("small", {}, overview.enterprise?.name ?? "pretend Slack"),
    ),
    heading("Channels"),
    element("div", { class: "rows" }, ...channels.map((channel) => row(scene, channel))),
    heading("Direct messages", newDirect(scene)),
    element("div", { class: "rows" }, ...people.map((channel) => row(scene, channel))),
    ...(apps.length > 0 ? [heading("Apps"), element("div", { class: "rows" }, ...apps)] : []),
    element("div", { class: "grow" }),
    element(
      "a",
      { class: "row", href: "/apps" },
      element("span", { class: "hash", "aria-hidden": "true" }, "⊞"),
      "Your Apps",
    ),
    heading("Acting as"),
    actingAs(scene),
  ]);
}
