import { element, reconcile } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join("");

function workspace(scene: Scene, { id, name }: Scene["overview"]["team"]): HTMLElement {
  const isOpen = id === scene.overview.team.id;
  return element(
    "button",
    {
      class: "workspace",
      "data-key": `team/${id}`,
      "aria-label": `Workspace ${name}`,
      "aria-current": isOpen ? "true" : undefined,
      title: name,
      click: () => go({ team: id, channel: "", thread: "", tab: "messages" }),
    },
    initials(name),
  );
}

/** The strip at the very left: the workspaces, and what is not Slack: the log. */
export function drawRail(parent: Element, scene: Scene): void {
  const { place, overview } = scene;
  reconcile(parent, [
    ...overview.teams.map((team) => workspace(scene, team)),
    element("div", { class: "grow" }),
    element(
      "button",
      {
        class: "tool",
        "data-key": "log",
        "aria-pressed": String(place.log),
        title: "What the app and Slack say to each other",
        click: () => go({ log: !place.log }),
      },
      icon("traffic"),
      element("span", {}, "Traffic"),
    ),
  ]);
}
