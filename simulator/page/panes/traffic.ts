import type { Entry } from "../../traffic/entry.ts";
import { element, reconcile } from "../basics/element.ts";
import { go } from "../basics/place.ts";
import type { Scene } from "../basics/scene.ts";
import { exactTime } from "../basics/time.ts";

const rows = new Map<string, HTMLElement>();

const delivery = (entry: Entry) => {
  if (entry.delivered === undefined) return "…";
  return entry.delivered ? "" : "not delivered";
};

function detail(entry: Entry): HTMLElement {
  const part = (title: string, text: string) =>
    text ? [element("h4", {}, title), element("pre", {}, text)] : [];
  return element(
    "div",
    { class: "traffic-detail" },
    ...entry.notes.map((note) => element("p", { class: "note" }, note)),
    ...part("Sent", entry.request),
    ...part("Answered", entry.answer),
  );
}

function row(scene: Scene, entry: Entry): HTMLElement {
  const isOut = entry.direction === "Slack to app";
  const isFine = entry.outcome === "ok";
  return element(
    "details",
    { class: `call ${isFine ? "" : "refused"}` },
    element(
      "summary",
      {},
      element("time", {}, exactTime(entry.at)),
      element("span", { class: "direction" }, isOut ? "→ app" : "← app"),
      element("b", {}, entry.what),
      element("span", { class: "where" }, entry.channel ? scene.around.names(entry.channel) : ""),
      element("span", { class: "outcome" }, entry.outcome),
      element("span", {}, entry.tookMs === undefined ? "" : `${entry.tookMs} ms`),
      element("span", { class: "undelivered" }, delivery(entry)),
      entry.notes.length > 0
        ? element("span", { class: "note-mark", title: entry.notes.join("\n") }, "⚠")
        : null,
    ),
    detail(entry),
  );
}

const head = element(
  "header",
  { class: "bar" },
  element("h2", {}, "Traffic"),
  element("small", {}, "between the app and Slack, newest first"),
  element("button", { class: "close", "aria-label": "Close traffic", click: () => go({ log: false }) }, "×"),
);
const list = element("div", { class: "calls", tabindex: "0", role: "log", "aria-label": "Calls" });

/** The newest calls in both directions, when asked for. */
export function drawTraffic(parent: HTMLElement, scene: Scene): void {
  parent.hidden = !scene.place.log;
  if (parent.hidden) return;
  const nodes = [...scene.log].reverse().map((entry) => {
    const key = `${entry.seq}/${entry.outcome}/${entry.delivered}/${entry.tookMs}`;
    const node = rows.get(key) ?? row(scene, entry);
    rows.set(key, node);
    return node;
  });
  if (rows.size > 2000) rows.clear();
  reconcile(list, nodes);
  reconcile(parent, [head, list]);
}
