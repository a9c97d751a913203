import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { go, type Place } from "../place.ts";
import type { App, Scene } from "../scene.ts";
import { openApp } from "../sidebar/apps.ts";

const sideSwitch = element(
  "button",
  {
    class: "side-switch",
    "aria-label": "Conversations",
    click: () => document.body.classList.toggle("side-open"),
  },
  icon("menu"),
);

const sigil = (channel: Scene["channel"]) => {
  if (channel?.kind === "private") return icon("lock");
  return channel?.kind === "public" ? element("span", { class: "hash", "aria-hidden": "true" }, "#") : null;
};

const absent = ({ channel, overview }: Scene) => {
  const [app] = overview.apps;
  return channel?.hasApp || !app ? "" : ` · ${app.name} is not here`;
};

function openTab(as: string, app: App, tab: Place["tab"]): void {
  if (tab === "about") go({ tab, thread: "" });
  else openApp(as, app, tab);
}

function tabs({ place }: Scene, app: App): HTMLElement {
  const offered: { tab: Place["tab"]; label: string; isThere: boolean }[] = [
    { tab: "home", label: "Home", isThere: app.homeTab },
    { tab: "messages", label: "Messages", isThere: app.messagesTab },
    { tab: "about", label: "About", isThere: true },
  ];
  return element(
    "div",
    { class: "tabs", role: "group", "aria-label": app.name },
    ...offered
      .filter(({ isThere }) => isThere)
      .map(({ tab, label }) =>
        element(
          "button",
          {
            class: "tab",
            "data-key": `tab/${tab}`,
            "aria-current": place.tab === tab ? "page" : undefined,
            click: () => openTab(place.as, app, tab),
          },
          label,
        ),
      ),
  );
}

/** What stands above a conversation: what it is, and of an app what can be seen of it. */
export function header(scene: Scene): HTMLElement {
  const { channel, app } = scene;
  const name = channel?.kind === "im" ? (channel.appName ?? channel.withName) : channel?.name;
  const members = channel?.memberCount === 1 ? "1 member" : `${channel?.memberCount} members`;
  return element(
    "header",
    { class: "bar" },
    sideSwitch,
    element("h2", {}, sigil(channel), name ?? "No channel"),
    channel?.isArchived ? element("span", { class: "tag" }, "Archived") : null,
    app ? element("span", { class: "app-tag" }, "APP") : null,
    app ? tabs(scene, app) : null,
    channel && channel.kind !== "im" ? element("small", {}, `${members}${absent(scene)}`) : null,
    channel && channel.kind !== "im"
      ? element("small", {}, "Channel ID: ", element("code", {}, channel.id))
      : null,
    channel?.topic ? element("small", { class: "topic" }, channel.topic) : null,
  );
}
