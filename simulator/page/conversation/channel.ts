import { composer } from "../composer/composer.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys } from "../dom/focus.ts";
import { readUpTo, type Scene } from "../scene.ts";
import { header } from "./header.ts";
import { aboutTab, homeTab } from "./home.ts";
import { messageList, stayAtEnd } from "./message-list.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Messages" });
arrowKeys(list, ".message");
const end = stayAtEnd(list);

let shown = "";
let newSince = "";
let drawnTab: { of: string; node: HTMLElement } | undefined;

function hint({ overview, channel, around }: Scene): HTMLElement {
  const words =
    channel?.kind === "im"
      ? `This is the very beginning of your direct messages with ${channel.appName ?? channel.withName ?? around.names(around.me)}.`
      : `This is the very beginning of #${channel?.name}.`;
  const [app] = overview.apps;
  const invite =
    channel?.hasApp || channel?.kind === "im" || !app ? "" : ` Type /invite @${app.name} to let the app in.`;
  return element("p", { class: "hint" }, `${words}${invite}`);
}

function foot(scene: Scene): HTMLElement[] {
  const { channel, app } = scene;
  if (!channel) return [];
  if (channel.isArchived)
    return [element("p", { class: "closed" }, "This channel is archived. Nobody can write here.")];
  if (app?.messagesReadOnly)
    return [element("p", { class: "closed" }, "Sending messages to this app has been turned off.")];
  const name = channel.kind === "im" ? (channel.appName ?? channel.withName ?? "") : `#${channel.name}`;
  return [composer(scene, { channel: channel.id, name })];
}

/** An app's own tab; kept as it is while nothing about it changes, since one may be typing there. */
function tab(scene: Scene): HTMLElement | undefined {
  const { app, place, home } = scene;
  if (!app || place.tab === "messages") return undefined;
  const of = JSON.stringify([place.as, place.tab, app, home]);
  const isTyping = document.activeElement instanceof HTMLInputElement;
  if (drawnTab?.of !== of || (place.tab === "home" && !isTyping))
    drawnTab = { of, node: place.tab === "home" ? homeTab(scene, app) : aboutTab(app) };
  return drawnTab.node;
}

/** The open conversation. Stays at its end as new messages come, unless one has scrolled up. */
export function drawChannel(parent: Element, scene: Scene): void {
  const { channel, place, messages } = scene;
  const now = `${place.team}/${place.as}/${channel?.id}/${place.tab}`;
  const isOther = shown !== now;
  if (isOther) newSince = readUpTo(place.as)[channel?.id ?? ""] ?? "";
  shown = now;
  const own = tab(scene);
  if (own) {
    reconcile(parent, [header(scene), own]);
    return;
  }
  reconcile(list, messages.length > 0 ? messageList(scene, messages, newSince) : [hint(scene)]);
  reconcile(parent, [header(scene), list, ...foot(scene)]);
  end.drawn({ fromStart: isOther });
}
