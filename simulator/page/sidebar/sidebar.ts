import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element, reconcile } from "../dom/element.ts";
import { arrowKeys } from "../dom/focus.ts";
import { avatar, icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import { type Channel, type PageState, readUpTo } from "../page-state.ts";
import { navigate } from "../route.ts";
import { actingAs } from "./acting-as.ts";
import { appRows } from "./apps.ts";

const heading = (text: string, ...more: Node[]) =>
  element("div", { class: "group" }, element("h2", {}, text), ...more);

/** The button that opens a new direct message. */
function newDirect({ route, workspace }: PageState): HTMLElement {
  const entries = workspace.people
    .filter(({ id }) => id !== workspace.me)
    .map(({ id, name, detail }) => ({
      label: name,
      detail,
      choose: () =>
        reportErrors(
          ask("openDirect", { as: route.as, with: id }).then(({ channel }) =>
            navigate({ channel, thread: "", tab: "messages" }),
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

/** Draws the list of conversations and the acting person. */
export function drawSidebar(parent: HTMLElement, state: PageState): void {
  const { overview } = state;
  if (!drawn.has(parent)) arrowKeys(parent, ".row");
  drawn.add(parent);
  const channels = overview.channels.filter(({ kind }) => kind !== "im");
  const people = overview.channels.filter(({ kind, hasApp }) => kind === "im" && !hasApp);
  const apps = appRows(state);
  reconcile(parent, [
    element(
      "h1",
      { id: "team" },
      overview.team.name,
      element("small", {}, overview.enterprise?.name ?? "simulator"),
    ),
    heading("Channels"),
    element("div", { class: "rows" }, ...channels.map((channel) => row(state, channel))),
    heading("Direct messages", newDirect(state)),
    element("div", { class: "rows" }, ...people.map((channel) => row(state, channel))),
    ...(apps.length > 0 ? [heading("Apps"), element("div", { class: "rows" }, ...apps)] : []),
    element("div", { class: "grow" }),
    element(
      "a",
      { class: "row", href: "/apps" },
      element("span", { class: "hash", "aria-hidden": "true" }, "⊞"),
      "Your Apps",
    ),
    heading("Acting as"),
    actingAs(state),
  ]);
}

const nameOf = (channel: Channel) =>
  channel.kind === "im" ? (channel.appName ?? channel.withName ?? "Unknown person") : channel.name;

function mark(channel: Channel): Node {
  if (channel.kind === "im") return avatar({ name: nameOf(channel), isApp: channel.hasApp });
  const sigil = channel.kind === "private" ? icon("lock") : "#";
  return element("span", { class: "hash", "aria-hidden": "true" }, sigil);
}

/** A conversation in the list: bold if it has unread messages; direct messages also show their number. */
function row(state: PageState, channel: Channel): HTMLElement {
  const { route } = state;
  const isOpen = channel.id === state.channel?.id;
  const isDirect = channel.kind === "im";
  const lastRead = readUpTo(route.as)[channel.id] ?? "";
  const isUnread = !isOpen && (isDirect ? channel.unread > 0 : (channel.latestTs ?? "") > lastRead);
  return element(
    "button",
    {
      class: `row ${isUnread ? "unread" : ""} ${channel.isArchived ? "archived" : ""}`,
      "data-key": `row/${channel.id}`,
      "aria-current": isOpen ? "page" : undefined,
      click: () => navigate({ channel: channel.id, thread: "", tab: "messages" }),
    },
    mark(channel),
    element("span", { class: "row-name" }, nameOf(channel)),
    isUnread && isDirect
      ? element("span", { class: "badge", "aria-hidden": "true" }, String(channel.unread))
      : null,
    isUnread ? element("span", { class: "visually-hidden" }, " (unread)") : null,
  );
}
