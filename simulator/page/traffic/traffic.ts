import type { Entry } from "../../traffic/traffic.ts";
import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element, reconcile } from "../dom/element.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";
import { exactTime } from "../text/time.ts";
import { filterBar, logFilter } from "./log-filter.ts";
import { prettyBody } from "./pretty-body.ts";

const rows = new Map<string, HTMLDetailsElement>();

const delivery = (entry: Entry) => {
  if (entry.delivered === undefined) return "…";
  return entry.delivered ? "" : "not delivered";
};

function detail(entry: Entry): HTMLElement[] {
  const part = (title: string, text: string) =>
    text
      ? [element("div", {}, element("h3", {}, title), element("pre", { tabindex: "0" }, prettyBody(text)))]
      : [];
  return [
    ...entry.notes.map((note) => element("p", { class: "note" }, note)),
    ...part("Request", entry.request),
    ...part("Response", entry.answer),
  ];
}

function row(state: PageState, entry: Entry): HTMLDetailsElement {
  const isToApp = entry.direction === "Slack to app";
  const isOk = entry.outcome === "ok" || entry.outcome === "in progress";
  const body = element("div", { class: "traffic-detail" });
  const fill = () =>
    ask("logEntry", { seq: entry.seq }).then((whole) => body.replaceChildren(...detail(whole)));
  const node: HTMLDetailsElement = element(
    "details",
    {
      class: `call ${isOk ? "" : "refused"}`,
      toggle: () => {
        if (node.open) reportErrors(fill());
      },
    },
    element(
      "summary",
      { "data-key": `call/${entry.seq}` },
      element("time", {}, exactTime(entry.at)),
      element(
        "span",
        { class: `direction ${isToApp ? "to-app" : ""}`, title: entry.direction },
        isToApp ? "→ app" : "← app",
      ),
      element("b", {}, entry.what),
      element("span", { class: "where" }, entry.channel ? state.workspace.names(entry.channel) : ""),
      element("span", { class: "outcome" }, entry.outcome),
      element("span", { class: "took" }, entry.tookMs === undefined ? "" : `${entry.tookMs} ms`),
      element("span", { class: "undelivered" }, delivery(entry)),
      entry.notes.length > 0
        ? element("span", { class: "note-mark", title: entry.notes.join("\n") }, "⚠")
        : null,
    ),
    body,
  );
  return node;
}

const head = element(
  "header",
  { class: "bar" },
  element("h2", {}, "Traffic"),
  filterBar(() => newest),
  element(
    "button",
    {
      class: "close",
      "aria-label": "Close traffic",
      title: "Close (Escape)",
      click: () => navigate({ log: false }),
    },
    "×",
  ),
);
const list = element("div", {
  class: "calls",
  tabindex: "0",
  role: "region",
  "aria-label": "Calls, newest first",
});
let newest = 0;

const emptyHint = () => {
  const { contains, direction, failed } = logFilter();
  const isFiltered = contains || direction || failed;
  return element("p", { class: "hint" }, isFiltered ? "No matching calls." : "No calls yet.");
};

/** Draws the log if it is open, newest calls first. An unfolded call stays unfolded when its entry changes. */
export function drawTraffic(parent: HTMLElement, state: PageState): void {
  parent.hidden = !state.route.log;
  if (parent.hidden) return;
  newest = Math.max(newest, ...state.log.map(({ seq }) => seq));
  const nodes = [...state.log].reverse().map((entry) => {
    const key = `${entry.seq}/${entry.outcome}/${entry.delivered}/${entry.tookMs}`;
    const known = rows.get(key);
    if (known) return known;
    const wasOpen = [...rows].some(([other, node]) => other.startsWith(`${entry.seq}/`) && node.open);
    const node = row(state, entry);
    node.open = wasOpen;
    rows.set(key, node);
    return node;
  });
  if (rows.size > 2000) rows.clear();
  reconcile(list, nodes.length > 0 ? nodes : [emptyHint()]);
  reconcile(parent, [head, list]);
}
