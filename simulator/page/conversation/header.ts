import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import type { App, PageState } from "../page-state.ts";
import { navigate, type Route } from "../route.ts";
import { openApp } from "../sidebar/apps.ts";

const sidebarToggle = element(
  "button",
  {
    class: "side-switch",
    "aria-label": "Conversations",
    click: () => document.body.classList.toggle("side-open"),
  },
  icon("menu"),
);

const sigil = (channel: PageState["channel"]) => {
  if (channel?.kind === "private") return icon("lock");
  return channel?.kind === "public" ? element("span", { class: "hash", "aria-hidden": "true" }, "#") : null;
};

const absenceNote = ({ channel, overview }: PageState) => {
  const [app] = overview.apps;
  return channel?.hasApp || !app ? "" : ` · ${app.name} is not in this channel`;
};

function openTab(as: string, app: App, tab: Route["tab"]): void {
  if (tab === "about") navigate({ tab, thread: "" });
  else openApp(as, app, tab);
}

function tabs({ route }: PageState, app: App): HTMLElement {
  const allTabs: { tab: Route["tab"]; label: string; isEnabled: boolean }[] = [
    { tab: "home", label: "Home", isEnabled: app.homeTab },
    { tab: "messages", label: "Messages", isEnabled: app.messagesTab },
    { tab: "about", label: "About", isEnabled: true },
  ];
  return element(
    "div",
    { class: "tabs", role: "group", "aria-label": app.name },
    ...allTabs
      .filter(({ isEnabled }) => isEnabled)
      .map(({ tab, label }) =>
        element(
          "button",
          {
            class: "tab",
            "data-key": `tab/${tab}`,
            "aria-current": route.tab === tab ? "page" : undefined,
            click: () => openTab(route.as, app, tab),
          },
          label,
        ),
      ),
  );
}

/** The header of a conversation: its name and details or, for an app, its tabs. */
export function header(state: PageState): HTMLElement {
  const { channel, app } = state;
  const name = channel?.kind === "im" ? (channel.appName ?? channel.withName) : channel?.name;
  const members = channel?.memberCount === 1 ? "1 member" : `${channel?.memberCount} members`;
  return element(
    "header",
    { class: "bar" },
    sidebarToggle,
    element("h2", {}, sigil(channel), name ?? "No channel"),
    channel?.isArchived ? element("span", { class: "tag" }, "Archived") : null,
    app ? element("span", { class: "app-tag" }, "APP") : null,
    app ? tabs(state, app) : null,
    channel && channel.kind !== "im" ? element("small", {}, `${members}${absenceNote(state)}`) : null,
    channel && channel.kind !== "im"
      ? element("small", {}, "Channel ID: ", element("code", {}, channel.id))
      : null,
    channel?.topic ? element("small", { class: "topic" }, channel.topic) : null,
  );
}
