import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ada, anAlert, aView, grace } from "../../../test/builders/an-alert.ts";
import type { Alert } from "../../alert/alert.ts";
import { readControlsId, writeControlsId } from "../../interact/card-ref.ts";
import { applyDrawStep, nextDrawStep } from "../../messages/draw-step.ts";
import type { CardView } from "./card-view.ts";
import { drawCard } from "./draw-card.ts";

const triaged: Partial<Alert> = {
  status: "TRIAGED",
  version: 3,
  assignee: grace,
  statusSet: { by: ada, via: "slack", at: new Date("2026-11-24T13:05:00Z"), comment: null },
};
const resolved: Partial<Alert> = {
  status: "RESOLVED",
  version: 4,
  statusSet: {
    by: ada,
    via: "slack",
    at: new Date("2026-11-24T13:31:00Z"),
    comment: "VPN exit in São Paulo,\nconfirmed with Eve",
  },
};

function draw(alert: Partial<Alert> = {}, view: Partial<CardView> = {}) {
  return drawCard(aView(anAlert(alert), view));
}

/** Every text that a reader sees, by block id. */
function words(blocks: ReturnType<typeof draw>["blocks"]): Record<string, string> {
  const read = blocks.map((block) => {
    if (block.type === "header" || block.type === "section") return [block.block_id, block.text?.text];
    if (block.type !== "context") return [];
    return [
      block.block_id,
      block.elements.map((element) => ("text" in element ? element.text : "")).join("\n"),
    ];
  });
  return Object.fromEntries(read.filter(([id]) => id));
}

/** The elements of the controls, by action id. */
function controls(blocks: ReturnType<typeof draw>["blocks"]): Record<string, object> {
  const block = blocks.find((block) => block.block_id?.startsWith("controls:"));
  if (block?.type !== "actions") throw new Error("a card without controls");
  return Object.fromEntries(block.elements.map((element) => [element.action_id, element]));
}

describe("an open card", () => {
  test("shows every fact in words, not only in colour", () => {
    const { text, blocks } = draw();
    expect(text).toBe("HIGH: Impossible travel for eve@acme.example (#1042, open)");
    expect(words(blocks)).toEqual({
      head: "🔴 HIGH  Impossible travel for eve@acme.example",
      facts: "#1042 · Rule · Okta.ImpossibleTravel · Okta.SystemLog · 14:02 CET · 3 events",
      summary:
        "Two sign-ins for eve@acme.example 38 minutes apart from Berlin (DE) and São Paulo (BR). <!channel> stays text.",
      runbook:
        "*Runbook:* <https://wiki.acme.example/runbooks/impossible-travel|wiki.acme.example/runbooks/impossible-travel>",
      state: "Open · unassigned",
    });
  });

  test("shows what tells the alert from others with its title", () => {
    const distinguishing = [
      { name: "host", value: "web-9" },
      { name: "source IP", value: "203.0.113.7" },
    ];
    expect(words(draw({}, { distinguishing }).blocks).distinguishing).toBe(
      "host web-9 · source IP 203.0.113.7",
    );
    expect(words(draw(resolved, { distinguishing }).blocks).distinguishing).toBeUndefined();
  });

  test("has no empty place for a detection that the tool does not name", () => {
    expect(words(draw({ detection: null }).blocks).facts).toBe(
      "#1042 · Rule · Okta.SystemLog · 14:02 CET · 3 events",
    );
  });

  test("leaves out what the alert does not have", () => {
    const bare = {
      description: null,
      runbook: " ",
      logTypes: [],
      eventCount: 1,
      title: "Okta.ImpossibleTravel",
    };
    const { head, ...rest } = words(draw(bare).blocks);
    expect(rest).toEqual({ facts: "#1042 · Rule · 14:02 CET", state: "Open · unassigned" });
    expect(head).toBe("🔴 HIGH  Okta.ImpossibleTravel");
  });

  test("says that replies are kept only when the thread is mirrored", () => {
    const state = (mirrored: boolean) => words(draw({}, { mirrored }).blocks).state;
    expect(state(true)).toContain("Replies here are kept in Tocsin");
    expect(state(false)).not.toContain("Replies here");
  });

  test("names the person who triaged it and the assignee", () => {
    const { blocks } = draw(triaged, { assigneeSlackId: "U0GRACE" });
    expect(words(blocks).state).toBe("Triaged by Ada 14:05 CET · assigned to Grace");
    expect(controls(blocks).assign).toMatchObject({ initial_user: "U0GRACE" });
  });

  test("names an assignee who is not in Slack in the placeholder", () => {
    const { assign } = controls(draw(triaged).blocks);
    expect(assign).toMatchObject({ placeholder: { text: "Assigned to Grace" } });
    expect(assign).not.toHaveProperty("initial_user");
  });

  test.each([
    [null, ["details", "comment", "assign-me", "snooze"]],
    [grace, ["details", "comment", "assign-me", "unassign", "snooze"]],
  ])("assigned to %o has the ⋯ choices %o", (assignee, values) => {
    const { more } = controls(draw({ assignee }).blocks);
    expect(more).toMatchObject({ options: values.map((value) => ({ value })) });
  });

  test("shows a title in full in the summary when the header cuts it", () => {
    const { head, summary } = words(draw({ title: "A".repeat(140) }).blocks);
    expect(head).toBe(`🔴 HIGH  ${"A".repeat(129)}…`);
    expect(summary).toMatch(/^A{140}\nTwo sign-ins/);
  });

  test("shows a runbook that is not a URL as inert text", () => {
    const { blocks } = draw({ runbook: "<https://evil.example|call> *Grace*" });
    const runbook = blocks.find(({ block_id }) => block_id === "runbook");
    expect(runbook).toMatchObject({
      text: { type: "plain_text", text: "Runbook: <https://evil.example|call> *Grace*" },
    });
  });

  test("shows the URL of its page as text when Slack would hide the button", () => {
    const place = { timezone: "Europe/Berlin", alertUrl: "http://localhost:4000/alerts/1042" };
    const { blocks } = draw({}, { place });
    expect(controls(blocks)).not.toHaveProperty("view");
    expect(words(blocks).facts).toContain("http://localhost:4000/alerts/1042");
  });

  test("shows a note in a block and in the text", () => {
    const { text, blocks } = draw({}, { note: "may be a repeat" });
    expect(words(blocks).note).toBe("may be a repeat");
    expect(text).toBe("HIGH: Impossible travel for eve@acme.example (#1042, open) · may be a repeat");
  });
});

describe("a closed card", () => {
  test("shrinks to a title, one state line and two controls", () => {
    const { text, blocks } = draw(resolved);
    expect(text).toBe("Resolved: Impossible travel for eve@acme.example (HIGH, #1042, by Ada)");
    expect(words(blocks)).toEqual({
      head: "✅ Resolved: Impossible travel for eve@acme.example",
      state: "HIGH · #1042 · resolved by Ada 14:31 CET: VPN exit in São Paulo, confirmed with Eve",
    });
    expect(Object.keys(controls(blocks))).toEqual(["status", "more"]);
  });

  test("shows the disposition before the comment", () => {
    const state = (change: Partial<Alert>) => words(draw({ ...resolved, ...change }).blocks).state;
    expect(state({ disposition: "BENIGN" })).toBe(
      "HIGH · #1042 · resolved by Ada 14:31 CET · Benign (expected) activity · VPN exit in São Paulo, confirmed with Eve",
    );
    expect(state({ disposition: "DUPLICATE", duplicateOf: 7 })).toContain("CET · Duplicate of #7 · VPN exit");
  });

  test("says Invalid instead of CLOSED", () => {
    const { text, blocks } = draw({ ...resolved, status: "CLOSED" });
    expect(text).toMatch(/^Invalid: /);
    expect(words(blocks).head).toMatch(/^⚪ Invalid: /);
    expect(words(blocks).state).toContain("marked as invalid by Ada 14:31 CET");
  });
});

describe("an INFO alert", () => {
  const info = { severity: "INFO", status: "RESOLVED" } as const;
  const system = { type: "system", id: null, name: "Tocsin" } as const;

  test.each([null, { by: system, via: "system", at: new Date(), comment: null }])(
    "has the full card while it is untouched (%o)",
    (statusSet) => {
      const { text, blocks } = draw({ ...info, statusSet });
      expect(words(blocks).state).toBe("Informational, no action needed");
      expect(text).toBe("INFO: Impossible travel for eve@acme.example (#1042, informational)");
      expect(controls(blocks).status).toMatchObject({ initial_option: { value: "RESOLVED" } });
    },
  );

  test("shrinks after a person reopened and resolved it", () => {
    expect(words(draw({ ...info, statusSet: resolved.statusSet }).blocks).head).toMatch(/^✅ Resolved/);
  });
});

test("the controls' block ID holds alert and version, and is new for each block version", () => {
  const { blocks } = draw({ version: 7 }, { block: { redraws: 2 } });
  const id = blocks.find((block) => block.type === "actions")?.block_id ?? "";
  expect(id).toBe("controls:0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f:7.2");
  expect(readControlsId(id)).toEqual({ alertId: "0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f", version: 7 });
  expect(writeControlsId({ alertId: anAlert().id, version: 7 }, 3)).not.toBe(id);
});

test.each(["links:x", "controls:x:1.0", "controls:0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f:-1.0", ""])(
  "the block ID %s is not one of controls",
  (id) => expect(readControlsId(id)).toBeNull(),
);

test("a refused card first loses its links, then everything but the text", () => {
  const links = [{ label: "SIEM", url: "https://siem.acme.example/" }];
  const card = draw({}, { links });
  const plainer = applyDrawStep(card, "without-links");
  expect(plainer.blocks.map(({ block_id }) => block_id?.split(":")[0])).toEqual([
    "head",
    "facts",
    "summary",
    "state",
    "controls",
  ]);
  expect(Object.keys(controls(plainer.blocks))).toEqual(["assign", "status", "boomerang", "more"]);
  expect(applyDrawStep(card, "text-only")).toEqual({ text: card.text, blocks: [] });
  expect([nextDrawStep("full"), nextDrawStep("without-links"), nextDrawStep("text-only")]).toEqual([
    "without-links",
    "text-only",
    null,
  ]);
});

const oracles = process.env.TOCSIN_ORACLES;
const example = (name: string) =>
  JSON.parse(readFileSync(join(oracles ?? "", "slack/examples", name), "utf8"));
/** The examples are older than this choice. */
const withoutSnooze = (message: object) =>
  JSON.parse(JSON.stringify(message), (_, value) =>
    Array.isArray(value) ? value.filter((one) => one?.value !== "snooze") : value,
  );
const links = [
  { label: "Runbook", url: "https://wiki.acme.example/runbooks/impossible-travel" },
  {
    label: "Search in SIEM",
    url: "https://siem.acme.example/search?q=user%3D%22eve%40acme.example%22&from=2026-11-24T13%3A02%3A00Z",
  },
  { label: "User dashboard", url: "https://grafana.acme.example/d/abc?var-user=eve%40acme.example" },
];

describe.skipIf(!oracles)("the examples (need TOCSIN_ORACLES)", () => {
  test("an open card equals the example", () => {
    const { text, blocks } = example("card-open.message.json");
    expect(withoutSnooze(draw({}, { links }))).toEqual({ text, blocks });
  });

  test("a resolved card equals the example", () => {
    const { text, blocks } = example("card-resolved.update.json");
    expect(withoutSnooze(draw(resolved))).toEqual({ text, blocks });
  });
});
