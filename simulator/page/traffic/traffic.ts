import type { Entry } from "../../traffic/traffic.ts";
import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { element, reconcile } from "../dom/element.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";
import { exactTime } from "../text/time.ts";
import { filterBar, logFilter } from "./log-filter.ts";
import { pretty } from "./pretty-body.ts";

const rows = new Map<string, HTMLDetailsElement>();

const delivery = (entry: Entry) => {
  if (entry.delivered === undefined) return "…";
  return entry.delivered ? "" : "not delivered";
};

function detail(entry: Entry): HTMLElement[] {
  const part = (title: string, text: string) =>
    text
      ? [element("div", {}, element("h3", {}, title), element("pre", { tabindex: "0" }, pretty(text)))]
      : [];
  return [
    ...entry.notes.map((note) => element("p", { class: "note" }, note)),
    ...part("Sent", entry.request),
    ...part("Answered", entry.answer),
  ];
}

function row(scene: Scene, entry: Entry): HTMLDetailsElement {
  const isToApp = entry.direction === "Slack to app";
  const isFine = entry.outcome === "ok" || entry.outcome === "under way";
  const inside = element("div", { class: "traffic-detail" });
  const fill = () =>
    ask("logEntry", { seq: entry.seq }).then((whole) => inside.replaceChildren(...detail(whole)));
  const node: HTMLDetailsElement = element(
    "details",
    {
      class: `call ${isFine ? "" : "refused"}`,
      toggle: () => {
        if (node.open) failing(fill());
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
      element("span", { class: "where" }, entry.channel ? scene.around.names(entry.channel) : ""),
      element("span", { class: "outcome" }, entry.outcome),
      element("span", { class: "took" }, entry.tookMs === undefined ? "" : `${entry.tookMs} ms`),
      element("span", { class: "undelivered" }, delivery(entry)),
      entry.notes.length > 0
        ? element("span", { class: "note-mark", title: entry.notes.join("\n") }, "⚠")
        : null,
    ),
    inside,
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
      click: () => go({ log: false }),
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

const nothing = () => {
  const { contains, direction, failed } = logFilter();
  const isNarrowed = contains || direction || failed;
  return element("p", { class: "hint" }, isNarrowed ? "No call is like that." : "Nothing was said yet.");
};

/** The newest calls in both directions, when asked for. What one has unfolded stays so while a call goes on. */
export function drawTraffic(parent: HTMLElement, scene: Scene): void {
  parent.hidden = !scene.place.log;
  if (parent.hidden) return;
  newest = Math.max(newest, ...scene.log.map(({ seq }) => seq));
  const nodes = [...scene.log].reverse().map((entry) => {
    const key = `${entry.seq}/${entry.outcome}/${entry.delivered}/${entry.tookMs}`;
    const known = rows.get(key);
    if (known) return known;
    const wasOpen = [...rows].some(([other, node]) => other.startsWith(`${entry.seq}/`) && node.open);
    const node = row(scene, entry);
    node.open = wasOpen;
    rows.set(key, node);
    return node;
  });
  if (rows.size > 2000) rows.clear();
  reconcile(list, nodes.length > 0 ? nodes : [nothing()]);
  reconcile(parent, [head, list]);
}
