import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys } from "../dom/focus.ts";
import { avatar, icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import { go } from "../place.ts";
import { type Channel, readUpTo, type Scene } from "../scene.ts";
import { actingAs } from "./acting-as.ts";
import { appRows } from "./apps.ts";

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

const nameOf = (channel: Channel) =>
  channel.kind === "im" ? (channel.appName ?? channel.withName ?? "Somebody") : channel.name;

function mark(channel: Channel): Node {
  if (channel.kind === "im") return avatar({ name: nameOf(channel), isApp: channel.hasApp });
  const sigil = channel.kind === "private" ? icon("lock") : "#";
  return element("span", { class: "hash", "aria-hidden": "true" }, sigil);
}

/** A conversation in the list: bold with something unread in it, with a count where it is for one alone. */
function row(scene: Scene, channel: Channel): HTMLElement {
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
