import { composer } from "../composer/composer.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys } from "../dom/focus.ts";
import { type PageState, readUpTo } from "../page-state.ts";
import { header } from "./header.ts";
import { aboutTab, homeTab } from "./home.ts";
import { messageList, stayAtEnd } from "./message-list.ts";

const list = element("div", { class: "messages", tabindex: "0", role: "log", "aria-label": "Messages" });
arrowKeys(list, ".message");
const end = stayAtEnd(list);

let shown = "";
let newSince = "";
let drawnTab: { fingerprint: string; node: HTMLElement } | undefined;

function hint({ overview, channel, workspace }: PageState): HTMLElement {
  const text =
    channel?.kind === "im"
      ? `This is the very beginning of your direct messages with ${channel.appName ?? channel.withName ?? workspace.names(workspace.me)}.`
      : `This is the very beginning of #${channel?.name}.`;
  const [app] = overview.apps;
  const invite =
    channel?.hasApp || channel?.kind === "im" || !app ? "" : ` Type /invite @${app.name} to add the app.`;
  return element("p", { class: "hint" }, `${text}${invite}`);
}

function foot(state: PageState): HTMLElement[] {
  const { channel, app } = state;
  if (!channel) return [];
  if (channel.isArchived)
    return [element("p", { class: "closed" }, "This channel is archived and can't be written to.")];
  if (app?.messagesReadOnly)
    return [element("p", { class: "closed" }, "Sending messages to this app has been turned off.")];
  const name = channel.kind === "im" ? (channel.appName ?? channel.withName ?? "") : `#${channel.name}`;
  return [composer(state, { channel: channel.id, name })];
}

/** An app's tab. The node is reused while nothing changes, because someone may be typing in it. */
function tab(state: PageState): HTMLElement | undefined {
  const { app, route, home } = state;
  if (!app || route.tab === "messages") return undefined;
  const fingerprint = JSON.stringify([route.as, route.tab, app, home]);
  const isTyping = document.activeElement instanceof HTMLInputElement;
  if (drawnTab?.fingerprint !== fingerprint || (route.tab === "home" && !isTyping))
    drawnTab = { fingerprint, node: route.tab === "home" ? homeTab(state, app) : aboutTab(app) };
  return drawnTab.node;
}

/** Draws the open conversation. It stays scrolled to the end unless someone scrolled up. */
export function drawChannel(parent: Element, state: PageState): void {
  const { channel, route, messages } = state;
  const now = `${route.team}/${route.as}/${channel?.id}/${route.tab}`;
  const isOther = shown !== now;
  if (isOther) newSince = readUpTo(route.as)[channel?.id ?? ""] ?? "";
  shown = now;
  const appTab = tab(state);
  if (appTab) {
    reconcile(parent, [header(state), appTab]);
    return;
  }
  reconcile(list, messages.length > 0 ? messageList(state, messages, newSince) : [hint(state)]);
  reconcile(parent, [header(state), list, ...foot(state)]);
  end.drawn({ fromStart: isOther });
}
