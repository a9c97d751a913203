import { element, reconcile } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";

const initials = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join("");

function workspace(state: PageState, { id, name }: PageState["overview"]["team"]): HTMLElement {
  const isOpen = id === state.overview.team.id;
  return element(
    "button",
    {
      class: "workspace",
      "data-key": `team/${id}`,
      "aria-label": `Workspace ${name}`,
      "aria-current": isOpen ? "true" : undefined,
      title: name,
      click: () => navigate({ team: id, channel: "", thread: "", tab: "messages" }),
    },
    initials(name),
  );
}

/** Draws the strip at the very left: the workspaces, and the button for the traffic log. */
export function drawRail(parent: Element, state: PageState): void {
  const { route, overview } = state;
  reconcile(parent, [
    ...overview.teams.map((team) => workspace(state, team)),
    element("div", { class: "grow" }),
    element(
      "button",
      {
        class: "tool",
        "data-key": "log",
        "aria-pressed": String(route.log),
        title: "Requests between the app and Slack",
        click: () => navigate({ log: !route.log }),
      },
      icon("traffic"),
      element("span", {}, "Traffic"),
    ),
  ]);
}
