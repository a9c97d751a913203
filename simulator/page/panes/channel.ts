import type { MessageView } from "../../control/message-view.ts";
import { element, reconcile } from "../basics/element.ts";
import { icon } from "../basics/icon.ts";
import type { Scene } from "../basics/scene.ts";
import { dayOf } from "../basics/time.ts";
import { composer } from "./composer.ts";
import { messageNode } from "./message.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Messages" });
const days = new Map<string, HTMLElement>();
let shownChannel = "";

function dayLine(day: string): HTMLElement {
  const line = days.get(day) ?? element("div", { class: "day" }, element("span", {}, day));
  days.set(day, line);
  return line;
}

function withDays(scene: Scene, messages: readonly MessageView[]): HTMLElement[] {
  let before = "";
  return messages.flatMap((message) => {
    const day = dayOf(message.ts);
    const node = messageNode(scene, message);
    const starts = day !== before;
    before = day;
    return starts ? [dayLine(day), node] : [node];
  });
}

const sigil = (channel: Scene["channel"]) => {
  if (channel?.kind === "private") return icon("lock");
  return channel?.kind === "public" ? "#" : "";
};

const absent = ({ channel, overview }: Scene) => {
  const [app] = overview.apps;
  return channel?.hasApp || !app ? "" : ` · ${app.name} is not here`;
};

function header(scene: Scene): HTMLElement {
  const { channel } = scene;
  const name = channel?.kind === "im" ? channel.appName : channel?.name;
  return element(
    "header",
    { class: "bar" },
    element("h2", {}, sigil(channel), name ?? "No channel"),
    channel?.isArchived ? element("span", { class: "tag" }, "Archived") : null,
    channel?.kind === "im" ? element("span", { class: "app-tag" }, "APP") : null,
    channel && channel.kind !== "im"
      ? element("small", {}, `${channel.memberCount} members${absent(scene)}`)
      : null,
    channel?.topic ? element("small", { class: "topic" }, channel.topic) : null,
  );
}

function hint({ overview, channel }: Scene): HTMLElement {
  const invite = channel?.hasApp
    ? ""
    : ` Type /invite @${overview.apps[0]?.name ?? "an app"} to let the app in.`;
  return element("p", { class: "hint" }, `Nothing here yet.${invite}`);
}

/** The open conversation. Stays at its end as new messages come, unless one has scrolled up. */
export function drawChannel(parent: Element, scene: Scene): void {
  const { channel, place, messages } = scene;
  const isOther = shownChannel !== channel?.id;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  shownChannel = channel?.id ?? "";
  reconcile(list, messages.length > 0 ? withDays(scene, messages) : [hint(scene)]);
  const name = channel?.kind === "im" ? (channel.appName ?? "App") : `#${channel?.name}`;
  const foot = channel && !channel.isArchived ? [composer({ as: place.as, channel: channel.id, name })] : [];
  reconcile(parent, [header(scene), list, ...foot]);
  if (isOther || atEnd) list.scrollTop = list.scrollHeight;
}
