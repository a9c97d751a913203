import type { KnownBlock, ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { answerDialog } from "../../src/boomerang/answer-dialog.ts";
import { askDialog, previewDialog } from "../../src/boomerang/ask-dialog.ts";
import { drawQuestion } from "../../src/boomerang/draw-question.ts";
import { toConfirmBlocks } from "../../src/boomerang/second-factor/ask-to-confirm.ts";
import { suppressDialog } from "../../src/boomerang/suppression/suppress-dialog.ts";
import { drawDigest } from "../../src/deliver/slack-bot/digest/draw-digest.ts";
import { drawWelcome } from "../../src/deliver/slack-bot/welcome.ts";
import { slackFeatures } from "../../src/http/slack-features.ts";
import { writeControlsId } from "../../src/interact/card-ref.ts";
import { findAction } from "../../src/interact/on-action.ts";
import { snoozeDialog, snoozePreview } from "../../src/silence/snooze-dialog.ts";
import { closeDialog } from "../../src/triage/card/close-dialog.ts";
import { commentDialog } from "../../src/triage/card/comment-dialogs.ts";
import { drawCard } from "../../src/triage/card/draw-card.ts";
import { drawAlert, drawList } from "../../src/triage/command/draw-answers.ts";
import type { DetailsAt } from "../../src/triage/details/details-controls.ts";
import { drawDetails } from "../../src/triage/details/draw-details.ts";
import { detailsDialog } from "../../src/triage/details/on-details.ts";
import { drawHome } from "../../src/triage/home/draw-home.ts";
import { keepDialog } from "../../src/triage/mirror/keep-dialog.ts";
import { anAlert, aView, grace } from "../builders/an-alert.ts";

const { actions, dialogs } = slackFeatures;
const now = new Date("2026-11-24T15:00:00Z");
const at = { timezone: "Europe/Berlin", now };
const alert = anAlert({ context: { list: Array(45).fill({ port: 22 }), words: "word ".repeat(2000) } });
const closed = anAlert({ status: "RESOLVED", assignee: grace });
const card = { alertId: alert.id, version: 3, channel: "C0SECURITY1", ts: "1795611720.000100" };
const publicUrl = "https://tocsin.acme.example";
const rows = { ...at, publicUrl };
const listed = { alerts: [alert, closed], more: null };
const question = {
  ...at,
  askId: alert.id,
  kind: "person",
  asker: "Ada",
  question: "Was this you?",
  answers: "yes_no",
  secondFactor: true,
  until: now,
} as const;
const digest = {
  ...at,
  id: alert.id,
  redraws: 1,
  listUrl: publicUrl,
  span: { from: now, to: now },
  over: false,
  gathered: [],
  detections: { top: [], others: 0 },
  loud: { critical: 0, high: 0, first: [] },
  menu: [alert],
};
const welcome = {
  id: alert.id,
  severities: [],
  alertTypes: [],
  logTypes: [],
  timezone: "Europe/Berlin",
  url: publicUrl,
};

function details(shown: DetailsAt): ModalView {
  const view = { alert, events: [], place: { timezone: "Europe/Berlin", alertUrl: publicUrl }, now };
  const form = drawDetails(view, shown);
  if (!form) throw new Error("no details were drawn");
  return detailsDialog.draw(form, { ...card, at: shown });
}

const offered = [{ path: "actor.email", value: "eve@acme.example" }];
const rules = { commentRequired: false, dispositionRequired: true };
const asked = { answers: "yes_no", openFor: "4h", conversation: null, secondFactor: true } as const;
const views: ModalView[] = [
  details({ show: "part", part: "context", page: 1 }),
  details({ show: "found", query: "port", page: 1 }),
  details({ show: "value", part: "context", n: 1, page: 0 }),
  closeDialog.draw({ alert, rules, disposition: "DUPLICATE" }, { ...card, to: "CLOSED", asksOther: true }),
  commentDialog.draw(alert, card),
  askDialog.draw({ alert, question: "Was this you?", suggested: "U0EVE", offersSecondFactor: true }, card),
  previewDialog.draw(
    { shown: question, to: ["Eve"] },
    { ...card, ...asked, people: ["U0EVE"], question: "Was this you?" },
  ),
  answerDialog.draw("Was this you?", { askId: alert.id, choice: "yes" }),
  suppressDialog.draw({ alert, free: [{ askId: alert.id, name: "Eve" }], suppressed: [] }, card),
  snoozeDialog.draw({ alert, fields: offered, preview: null }, { ...card, offered }),
  snoozePreview.draw(
    { covers: "Okta", reason: "Test", until: now, ...at, alsoCritical: false, preview: null },
    { ...card, scope: "detection", fields: offered, minutes: 60, reason: "Test", alsoCritical: false },
  ),
  keepDialog.draw("It was the VPN", {
    channel: "C0RANDOM1",
    ts: "1.2",
    threadTs: null,
    text: "It was the VPN",
  }),
];

const home = drawHome({ ...rows, mine: listed, unassigned: listed, questions: [], notice: null });

/** Everything that Tocsin draws with controls, each control at least once. */
const drawn = [
  ...drawCard(aView(alert, { confirmed: true, links: [{ label: "SIEM", url: publicUrl }] })).blocks,
  ...drawCard(aView(anAlert({ assignee: grace }), { assigneeSlackId: "U0GRACE" })).blocks,
  ...drawCard(aView(closed)).blocks,
  ...drawAlert(aView(alert)).blocks,
  ...drawAlert(aView(anAlert({ assignee: grace }))).blocks,
  ...drawList({ ...rows, ...listed, filters: {} }).blocks,
  ...home.blocks,
  ...drawDigest(digest).blocks,
  ...drawWelcome(welcome).blocks,
  ...drawQuestion(question).blocks,
  ...toConfirmBlocks({ url: publicUrl, answer: { kind: "yes", reason: null } }),
  ...drawQuestion({ ...question, answers: "text" }).blocks,
  // The preview's buttons do nothing.
  ...views.filter(({ callback_id }) => callback_id !== previewDialog.name).flatMap(({ blocks }) => blocks),
].filter(
  (block): block is KnownBlock => "elements" in block || "accessory" in block || "dispatch_action" in block,
);

/** A click on each control as Slack sends it; link buttons open their address. */
const clicks = drawn.flatMap((block) => {
  const accessory = block.type === "section" && block.accessory ? [block.accessory] : [];
  const input = "dispatch_action" in block ? [block.element] : accessory;
  const elements = block.type === "actions" ? block.elements : input;
  const blockId = block.block_id ?? "";
  return elements.flatMap((element) =>
    "action_id" in element && !("url" in element && element.url)
      ? valuesOf(element).map((value) => ({ id: element.action_id ?? "", blockId, value }))
      : [],
  );
});

function valuesOf(element: object): (string | null)[] {
  if ("options" in element && Array.isArray(element.options))
    return element.options.map((option: { value: string }) => option.value);
  return "value" in element && typeof element.value === "string" ? [element.value] : [null];
}

test("every control that is drawn has an action that reads its clicks, and every action is drawn", () => {
  const unread = clicks.filter((click) => findAction(actions, click)?.read(click) == null);
  expect(unread).toEqual([]);
  const ids = actions.map(({ id }) => id).sort();
  expect([...new Set(clicks.map((click) => findAction(actions, click)?.id))].sort()).toEqual(ids);
});

test("every dialog that is drawn is listed, and reads what it remembers", () => {
  expect([...new Set(views.map(({ callback_id }) => callback_id))].sort()).toEqual(
    dialogs.map(({ name }) => name).sort(),
  );
  for (const { callback_id, private_metadata } of views) {
    const dialog = dialogs.find(({ name }) => name === callback_id);
    expect(dialog?.memory.safeParse(JSON.parse(private_metadata ?? "")).success).toBe(true);
  }
});

const on = { alertId: alert.id, version: 3 };
const blockId = writeControlsId(on, 2);

test.each([
  [
    { id: "assign", blockId, value: "U0GRACE" },
    { on, slackUserId: "U0GRACE" },
  ],
  [
    { id: "assign", blockId, value: null },
    { on, slackUserId: null },
  ],
  [{ id: "assign", blockId: "b", value: "U0GRACE" }, null],
  [
    { id: "status", blockId, value: "CLOSED" },
    { on, status: "CLOSED" },
  ],
  [
    { id: "status", blockId, value: null },
    { on, status: null },
  ],
  [{ id: "status", blockId, value: "DONE" }, null],
  [{ id: "more", blockId, value: "assign-me" }, on],
  [{ id: "more:assign-me", blockId, value: "assign-me" }, on],
  [{ id: "more", blockId, value: "other" }, undefined],
  [{ id: "page:next", blockId: "b", value: "-1" }, null],
  [{ id: "value", blockId: "b", value: "x context" }, null],
  [{ id: "boomerang-yes", blockId: "boomerang:preview", value: null }, null],
  [
    { id: "post-card", blockId: `digest:${alert.id}:1`, value: null },
    { digestId: alert.id, alertId: null },
  ],
  [{ id: "post-card", blockId: "digest:x:1", value: alert.id }, null],
  [{ id: "view", blockId, value: null }, undefined],
  [{ id: "link:2", blockId, value: null }, undefined],
])("the click %o means %o", (click, meaning) => {
  expect(findAction(actions, click)?.read(click)).toEqual(meaning);
});
