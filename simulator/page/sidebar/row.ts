import { go } from "../place.ts";
import type { Channel, Scene } from "../scene.ts";
import { readUpTo } from "../basics/seen.ts";
import { avatar } from "../dom/avatar.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";

const nameOf = (channel: Channel) =>
  channel.kind === "im" ? (channel.appName ?? channel.withName ?? "Somebody") : channel.name;

function mark(channel: Channel): Node {
  if (channel.kind === "im") return avatar({ name: nameOf(channel), isApp: channel.hasApp });
  const sigil = channel.kind === "private" ? icon("lock") : "#";
  return element("span", { class: "hash", "aria-hidden": "true" }, sigil);
}

/** A conversation in the list: bold with something unread in it, with a count where it is for one alone. */
export function row(scene: Scene, channel: Channel): HTMLElement {
  const { place } = scene;
  const isOpen = channel.id === scene.channel?.id;
  const isDirect = channel.kind === "im";
  const seen = readUpTo(place.as)[channel.id] ?? "";
  const isUnread = !isOpen && (isDirect ? channel.unread > 0 : (channel.latestTs ?? "") > seen);
  return element(
    "button",
    {
      class: `row ${isUnread ? "unread" : ""} ${channel.isArchived ? "archived" : ""}`,
      "data-key": `row/${channel.id}`,
      "aria-current": isOpen ? "page" : undefined,
      click: () => go({ channel: channel.id, thread: "", tab: "messages" }),
    },
    mark(channel),
    element("span", { class: "row-name" }, nameOf(channel)),
    isUnread && isDirect
      ? element("span", { class: "badge", "aria-hidden": "true" }, String(channel.unread))
      : null,
    isUnread ? element("span", { class: "visually-hidden" }, " (unread)") : null,
  );
}
