import { avatar } from "../basics/avatar.ts";
import { element, reconcile } from "../basics/element.ts";
import { icon } from "../basics/icon.ts";
import { go } from "../basics/place.ts";
import type { Scene } from "../basics/scene.ts";

type Channel = Scene["overview"]["channels"][number];

const seenKey = (as: string, channel: string) => `seen/${as}/${channel}`;

function row(scene: Scene, channel: Channel): HTMLElement {
  const { place } = scene;
  const isOpen = channel.id === scene.channel?.id;
  if (isOpen) sessionStorage.setItem(seenKey(place.as, channel.id), channel.latestTs ?? "");
  const seen = sessionStorage.getItem(seenKey(place.as, channel.id)) ?? "";
  const isUnread = !isOpen && (channel.latestTs ?? "") > seen;
  const isApp = channel.kind === "im";
  const mark = isApp
    ? avatar({ name: channel.appName ?? "App", isApp: true })
    : element(
        "span",
        { class: "hash", "aria-hidden": "true" },
        channel.kind === "private" ? icon("lock") : "#",
      );
  return element(
    "button",
    {
      class: `row ${isUnread ? "unread" : ""} ${channel.isArchived ? "archived" : ""}`,
      "aria-current": isOpen ? "page" : undefined,
      click: () => go({ channel: channel.id, thread: "" }),
    },
    mark,
    isApp ? (channel.appName ?? "App") : channel.name,
    isUnread ? element("span", { class: "visually-hidden" }, " (unread)") : null,
  );
}

function people({ place, overview }: Scene): HTMLElement {
  const members = overview.people.filter(({ isBot, deleted }) => !isBot && !deleted);
  return element(
    "div",
    { class: "people", role: "group", "aria-label": "Acting as" },
    ...members.map(({ name, realName }) =>
      element(
        "button",
        {
          class: "row",
          "aria-pressed": String(name === place.as),
          click: () => go({ as: name, thread: "" }),
        },
        avatar({ name: realName, isApp: false }),
        realName,
      ),
    ),
  );
}

/** The list of conversations, and who one is. */
export function drawSidebar(parent: Element, scene: Scene): void {
  const { overview, place } = scene;
  const channels = overview.channels.filter(({ kind }) => kind !== "im");
  const directs = overview.channels.filter(({ kind }) => kind === "im");
  reconcile(parent, [
    element("h1", { id: "team" }, overview.team.name, element("small", {}, "pretend Slack")),
    element("h2", { class: "group" }, "Channels"),
    element("div", { class: "rows" }, ...channels.map((channel) => row(scene, channel))),
    ...(directs.length > 0 ? [element("h2", { class: "group" }, "Apps")] : []),
    element("div", { class: "rows" }, ...directs.map((channel) => row(scene, channel))),
    element("div", { class: "grow" }),
    element("h2", { class: "group" }, "Acting as"),
    people(scene),
    element(
      "button",
      { class: "row log-switch", "aria-pressed": String(place.log), click: () => go({ log: !place.log }) },
      element("span", { class: "hash", "aria-hidden": "true" }, "⇄"),
      "Traffic",
    ),
  ]);
}
