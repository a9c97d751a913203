import { describe, expect, test } from "vitest";
import { anAlert } from "../../../test/builders/an-alert.ts";
import { blockFaults } from "../../../test/builders/block-faults.ts";
import type { DetailsAt } from "./details-controls.ts";
import { drawDetails } from "./draw-details.ts";
import { detailsDialog } from "./on-details.ts";

const alert = anAlert();
const base = {
  alert,
  events: [{ n: 1, client: { ip: "198.51.100.9" } }, "syslog line\nsecond"],
  place: { timezone: "Europe/Berlin", alertUrl: "https://tocsin.acme.example/alerts/1042" },
  now: new Date("2026-11-24T15:00:00Z"),
};
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const draw = (view: typeof base, at: DetailsAt) => {
  const form = drawDetails(view, at);
  return form && detailsDialog.draw(form, { ...card, at });
};
const withContext = (context: Record<string, unknown>) => ({ ...base, alert: anAlert({ context }) });
const part = (id: string, page = 0, view = base) =>
  JSON.stringify(draw(view, { show: "part", part: id, page }));
const found = (query: string, page = 0, view = base) => draw(view, { show: "found", query, page });
const value = (n: number, page = 0, view = base) => draw(view, { show: "value", part: "context", n, page });

test("details begin with the alert's people and addresses and its context", () => {
  const text = part("context");
  expect(text.indexOf("203.0.113.7 (ip), 198.51.100.9 (client.ip)")).toBeGreaterThan(0);
  expect(text.indexOf("IP addresses")).toBeLessThan(text.indexOf("Severity"));
  expect(text).toContain('{ \\"ip\\": \\"203.0.113.7\\", \\"geo\\": { \\"city\\": \\"São Paulo\\" } }');
});

test.each([
  ["event:0", '{ \\"n\\": 1'],
  ["event:1", "syslog line\\nsecond"],
  ["texts", "Description\\nTwo sign-ins"],
  ["event:7", "São Paulo"],
])("details of the part %s show its content", (id, text) => {
  expect(part(id)).toContain(text);
});

test("details leave out fields that the alert does not have", () => {
  expect(part("context")).toContain("TA0001:T1078");
  expect(part("context")).not.toContain("Reference");
});

describe("long details", () => {
  const long = withContext({ words: Array(1000).fill("word") });

  test("have pages, the last without a Next button", () => {
    expect(part("context", 0, long)).toContain('"action_id":"page:next"');
    expect(part("context", 0, long)).not.toContain('"action_id":"page:prev"');
    expect(part("context", 1, long)).toContain("Page 2 of 5");
    expect(part("context", 99, long)).toContain("Page 5 of 5");
    expect(part("context", 99, long)).not.toContain("page:next");
  });

  test("stay within Slack's limits with 200 KiB of context and events", () => {
    const branch = { ["k".repeat(300)]: Array(2000).fill({ user: "\u202E<!channel>", n: 1 }) };
    const huge = withContext({
      ...branch,
      deep: JSON.parse(`${"[".repeat(97)}${"]".repeat(97)}`),
      log: "x".repeat(90_000),
    });
    const events = Array(10).fill(huge.alert.context);
    for (const view of [
      draw({ ...huge, events }, { show: "part", part: "event:9", page: 30 }),
      found("user", 9, { ...huge, events }),
      found("k".repeat(100), 0, { ...huge, events }),
      value(0, 3, huge),
    ]) {
      expect(view && blockFaults(view, 100)).toEqual([]);
      expect(JSON.stringify(view).length).toBeLessThan(100_000);
      expect(view?.private_metadata?.length).toBeLessThan(1000);
    }
  });
});

describe("a search", () => {
  test("has a Search button and keeps the typed text", () => {
    expect(draw(base, { show: "part", part: "context", page: 0 })).toMatchObject({
      submit: { text: "Search" },
      close: { text: "Close" },
    });
    expect(found("city")?.blocks).toContainEqual(
      expect.objectContaining({ type: "input", element: expect.objectContaining({ initial_value: "city" }) }),
    );
  });

  test("shows the path and value of each match with a button to open it", () => {
    const view = found("ip");
    expect(JSON.stringify(view)).toContain("3 matches for “ip”.");
    expect(view?.blocks).toContainEqual(
      expect.objectContaining({
        text: expect.objectContaining({ text: "Event 1 of 2 · client.ip\n198.51.100.9" }),
        accessory: expect.objectContaining({ accessibility_label: "Open client.ip", value: "3 event:0" }),
      }),
    );
  });

  test("without a match says what to try", () => {
    expect(JSON.stringify(found("<!here>"))).toContain("No path or value contains “<!here>”. Try");
  });

  test("has pages of twenty matches", () => {
    const many = withContext({ list: Array(45).fill({ port: 22 }) });
    const sections = found("port", 2, many)?.blocks.filter((block) => "accessory" in block);
    expect(sections).toHaveLength(5);
    expect(JSON.parse(found("port", 2, many)?.private_metadata ?? "")).toMatchObject({
      at: { show: "found", query: "port", page: 2 },
    });
  });
});

describe("one value", () => {
  test("is in one block to copy from, whatever its length", () => {
    const log = "0123456789".repeat(1000);
    const view = value(1, 0, withContext({ log }));
    const [block] = view?.blocks.filter(({ type }) => type === "rich_text") ?? [];
    const texts = JSON.stringify(block).match(/[0-9]{100,}/g) ?? [];
    expect(texts.join("")).toBe(log);
    expect(JSON.stringify(view)).toContain("Context · log");
  });

  test("is not drawn when it does not exist", () => {
    expect(value(99)).toBeNull();
  });
});
