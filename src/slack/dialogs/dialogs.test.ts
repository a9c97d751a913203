import { describe, expect, test } from "vitest";
import { ada, anAlert } from "../testing/an-alert.ts";
import { closeDialog } from "./close-dialog.ts";
import { commentDialog } from "./comment-dialog.ts";
import { type DetailsView, detailsDialog } from "./details-dialog.ts";
import { loadingDialog } from "./info-dialog.ts";
import { readMemory } from "./memory.ts";
import { tooLateDialog } from "./too-late-dialog.ts";

const alert = anAlert();
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const berlin = { timezone: "Europe/Berlin", now: new Date("2026-11-24T15:00:00Z") };

describe("the dialog before closing", () => {
  test.each([
    ["RESOLVED", "Resolve #1042", "Resolve"],
    ["CLOSED", "Call Invalid #1042", "Call Invalid"],
  ] as const)("to %s is titled %s", (to, title, submit) => {
    const view = closeDialog(alert, { ...card, dialog: "close", to }, "optional");
    expect(view).toMatchObject({ callback_id: "close", title: { text: title }, submit: { text: submit } });
    expect(readMemory(view.private_metadata ?? "")).toEqual({ ...card, dialog: "close", to });
  });

  test.each([
    ["optional", true],
    ["required", false],
  ] as const)("asks for a comment that is %s", (need, optional) => {
    const view = closeDialog(alert, { ...card, dialog: "close", to: "RESOLVED" }, need);
    const input = view.blocks.find((block) => block.type === "input");
    expect(input).toMatchObject({ optional, block_id: "comment", element: { max_length: 1000 } });
  });
});

test("a comment is required where there is nothing else to say", () => {
  const view = commentDialog(alert, card);
  expect(view.blocks.at(-1)).toMatchObject({ type: "input", optional: false });
  expect(readMemory(view.private_metadata ?? "")).toEqual({ ...card, dialog: "comment" });
});

test.each(["", "{", "null", '{"dialog":"close"}', '{"dialog":"other","alertId":"x"}'])(
  "%s is no memory of ours",
  (text) => {
    expect(readMemory(text)).toBeNull();
  },
);

describe("details", () => {
  const events = [{ n: 1 }, "syslog line\nsecond"];
  const place = { timezone: "Europe/Berlin", alertUrl: "https://tocsin.acme.example/alerts/1042" };
  const show = (at: DetailsView["at"], change: Partial<DetailsView> = {}) =>
    JSON.stringify(detailsDialog({ alert, events, place, now: berlin.now, card, at, ...change }));

  test("begin with the context, tidy", () => {
    expect(show({ part: "context", page: 0 })).toContain(
      JSON.stringify(JSON.stringify(alert.context, null, 2)),
    );
  });

  test.each([
    ["event:0", '{\\n  \\"n\\": 1\\n}'],
    ["event:1", "syslog line\\nsecond"],
    ["texts", "Description\\nTwo sign-ins"],
    ["event:7", "São Paulo"],
  ])("of %s show it", (part, text) => {
    expect(show({ part, page: 0 })).toContain(text);
  });

  test("turn pages, and know the last", () => {
    const long = { alert: anAlert({ context: { words: Array(1000).fill("word") } }) };
    const [first, second] = [
      show({ part: "context", page: 0 }, long),
      show({ part: "context", page: 1 }, long),
    ];
    expect(first).toContain('"action_id":"page:next"');
    expect(first).not.toContain('"action_id":"page:prev"');
    expect(second).toContain("Page 2 of 5");
    const last = show({ part: "context", page: 99 }, long);
    expect(last).toContain("Page 5 of 5");
    expect(last).not.toContain("page:next");
  });

  test("list the fields that there are", () => {
    const text = show({ part: "context", page: 0 });
    expect(text).toContain("TA0001:T1078");
    expect(text).not.toContain("Reference");
  });
});

test("whoever comes too late is told what happened and gets the comment back", () => {
  const statusSet = { by: ada, via: "slack", at: new Date("2026-11-24T13:30:00Z"), comment: "VPN" };
  const view = tooLateDialog(anAlert({ status: "RESOLVED", statusSet }), berlin, "Confirmed by phone");
  expect(view.title.text).toBe("Already resolved");
  expect(JSON.stringify(view.blocks)).toContain(
    "Ada set #1042 to Resolved at 14:30 CET: VPN. Nothing was changed; your comment is below if you want to keep it.",
  );
  expect(JSON.stringify(view.blocks)).toContain("Confirmed by phone");
  expect(JSON.stringify(tooLateDialog(anAlert(), berlin, null).blocks)).not.toContain("your comment");
});

test("a slow look-up has something to show at once", () => {
  expect(loadingDialog().title.text).toBe("One moment…");
});
