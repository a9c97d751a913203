import { describe, expect, test } from "vitest";
import { drawClosedQuestion, drawQuestion, drawQuestionReminder } from "../../src/boomerang/draw-question.ts";
import { drawDigest } from "../../src/deliver/slack-bot/digest/draw-digest.ts";
import { drawReply } from "../../src/deliver/slack-bot/thread/draw-reply.ts";
import { drawWelcome } from "../../src/deliver/slack-bot/welcome.ts";
import { loadingDialog } from "../../src/interact/dialog-blocks.ts";
import { drawNotice, drawRepeat, notices } from "../../src/interact/notices.ts";
import { applyDrawStep } from "../../src/messages/draw-step.ts";
import type { SlackMessage } from "../../src/slack/message.ts";
import { drawBulkNotice } from "../../src/triage/bulk-notice.ts";
import { closeDialog } from "../../src/triage/card/close-dialog.ts";
import { commentDialog, tooLateDialog } from "../../src/triage/card/comment-dialogs.ts";
import { drawCard } from "../../src/triage/card/draw-card.ts";
import { drawAlert, drawHelp, drawList } from "../../src/triage/command/draw-answers.ts";
import { drawDetails } from "../../src/triage/details/draw-details.ts";
import { detailsDialog } from "../../src/triage/details/on-details.ts";
import { ada, anAlert, aView, grace } from "../builders/an-alert.ts";
import { isLive } from "../builders/block-faults.ts";

const now = new Date("2026-11-24T15:00:00Z");
const place = { timezone: "Europe/Berlin", now, publicUrl: "https://tocsin.acme.example" };
const alert = anAlert();
const resolved = anAlert({
  status: "RESOLVED",
  statusSet: { by: ada, via: "slack", at: now, comment: "VPN, confirmed" },
});
const question = {
  askId: "0199f3c2-9000-7000-8000-0000000a5c00",
  kind: "person",
  asker: "Ada",
  question: "Did you sign in from São Paulo at 14:02 CET?",
  answers: "yes_no",
  secondFactor: false,
  until: new Date("2026-11-24T19:00:00Z"),
  timezone: "Europe/Berlin",
  now,
} as const;
const answer = { kind: "yes", reason: null } as const;
const digest = {
  ...place,
  id: "0199f3c2-9000-7000-8000-00000000d001",
  redraws: 1,
  listUrl: "https://tocsin.acme.example/alerts",
  span: { from: now, to: now },
  over: false,
  gathered: [{ severity: "MEDIUM", status: "OPEN", assigned: false, count: 30 }] as const,
  detections: { top: [{ name: "Okta.BruteForce", count: 30 }], others: 0 },
  loud: { critical: 0, high: 0, first: [] },
  menu: [],
};
const welcome = {
  id: "0199f3c2-9000-7000-8000-00000000d001",
  severities: ["HIGH", "CRITICAL"] as const,
  alertTypes: ["RULE"] as const,
  logTypes: [],
  timezone: "Europe/Berlin",
  url: "https://tocsin.acme.example",
};

/** The `text` of each message, which notifications and screen readers use. */
const messages: [SlackMessage, string][] = [
  [drawCard(aView(alert)), "HIGH: Impossible travel for eve@acme.example (#1042, open)"],
  [
    drawCard(aView(anAlert({ status: "TRIAGED", assignee: grace }))),
    "HIGH: Impossible travel for eve@acme.example (#1042, triaged)",
  ],
  [drawCard(aView(resolved)), "Resolved: Impossible travel for eve@acme.example (HIGH, #1042, by Ada)"],
  [
    drawCard(aView(anAlert({ severity: "INFO", status: "RESOLVED" }))),
    "INFO: Impossible travel for eve@acme.example (#1042, informational)",
  ],
  [
    applyDrawStep(drawCard(aView(alert)), "text-only"),
    "HIGH: Impossible travel for eve@acme.example (#1042, open)",
  ],
  [drawAlert(aView(alert)), "HIGH: Impossible travel for eve@acme.example (#1042, open)"],
  [
    drawReply({ number: 1042, sentences: ["Ada resolved the alert: VPN, confirmed with Eve"] }),
    "#1042: Ada resolved the alert: VPN, confirmed with Eve",
  ],
  [
    drawReply(
      { number: 1042, sentences: ["Ada assigned the alert to Grace"] },
      { slackUserId: "U0GRACE", name: "Grace" },
    ),
    "#1042: Ada assigned the alert to <@U0GRACE>",
  ],
  [
    drawBulkNotice({ sentence: "Ada resolved 37 alerts: noise", url: place.publicUrl, mention: null }),
    "Ada resolved 37 alerts: noise",
  ],
  [drawDigest(digest), "30 alerts in this digest: 30 MEDIUM"],
  [
    drawRepeat("This card of #1042", null),
    "This card of #1042 was posted twice. The other one is kept up to date.",
  ],
  [
    drawWelcome(welcome),
    "Tocsin is connected to this channel. Alerts with severity HIGH or CRITICAL and type Rule will appear here.",
  ],
  [
    drawList({ ...place, filters: {}, alerts: [alert], more: null }),
    "1 alert: open or triaged. HIGH: Impossible travel for eve@acme.example (#1042)",
  ],
  [
    drawList({ ...place, filters: { assignee: ["me"] }, alerts: [], more: null }),
    "No alerts: open or triaged, yours.",
  ],
  [
    drawHelp("What Tocsin can do here:"),
    "What Tocsin can do here: /tocsin list; /tocsin show 1042; /tocsin assign 1042 @grace; /tocsin resolve 1042 VPN exit, confirmed; /tocsin help",
  ],
  [
    drawNotice(
      "You can't change this alert. No Tocsin user has the email mallory@acme.example; ask your Tocsin administrator to add you.",
    ),
    "You can't change this alert. No Tocsin user has the email mallory@acme.example; ask your Tocsin administrator to add you.",
  ],
  [
    drawQuestion(question),
    "Ada from Security asks: Did you sign in from São Paulo at 14:02 CET? Please answer by 20:00 CET.",
  ],
  [
    drawQuestionReminder(question),
    "Reminder: Ada is waiting for your answer. Please answer by 20:00 CET. Did you sign in from São Paulo at 14:02 CET?",
  ],
  [
    drawClosedQuestion(question, { kind: "answered", answer, by: "Eve", at: now }),
    "Ada from Security asked: Did you sign in from São Paulo at 14:02 CET? Thank you. You answered at 16:00 CET: Yes, this was me",
  ],
  [
    drawClosedQuestion(question, { kind: "expired" }),
    "Ada from Security asked: Did you sign in from São Paulo at 14:02 CET? The time to answer is over. If you know something, please write to Ada.",
  ],
  [
    drawClosedQuestion(question, { kind: "cancelled" }),
    "Ada from Security asked: Did you sign in from São Paulo at 14:02 CET? Ada no longer needs an answer. There is nothing to do.",
  ],
];

describe("the text of a message", () => {
  test.each(messages)("is complete without the blocks (%#)", ({ text }, expected) => {
    expect(text).toBe(expected);
  });

  const others = [
    drawClosedQuestion({ ...question, kind: "channel" }, { kind: "answered", answer, by: "Eve", at: now }),
    drawQuestion({ ...question, kind: "channel" }),
  ];
  test("is readable without formatting and holds nothing live", () => {
    for (const { text } of [...messages.map(([message]) => message), ...others]) {
      expect(text.trim()).toBe(text);
      expect(text.length).toBeGreaterThan(15);
      expect(text).not.toMatch(/[*_~`]|:\w+:|undefined|null|\[object|^[–…]|\s{2}/);
      expect(isLive(text.replace("<@U0GRACE>", ""))).toBe(false);
    }
  });
});

test("a dialog's title names its subject and its buttons are verbs", () => {
  const card = { alertId: alert.id, version: 1, channel: "C0SECURITY1", ts: "1.2" };
  const details = {
    alert,
    events: [],
    place: { timezone: "Europe/Berlin", alertUrl: place.publicUrl },
    now,
  };
  const at = { show: "part", part: "context", page: 0 } as const;
  const drawn = drawDetails(details, at);
  if (!drawn) throw new Error("no details were drawn");
  const dialogs = [
    closeDialog.draw(
      { alert, rules: { commentRequired: false, dispositionRequired: false }, disposition: null },
      { ...card, to: "RESOLVED", asksOther: false },
    ),
    closeDialog.draw(
      {
        alert,
        rules: { commentRequired: true, dispositionRequired: true },
        disposition: "DUPLICATE",
        comment: "The same VPN",
      },
      { ...card, to: "CLOSED", asksOther: true },
    ),
    commentDialog.draw(alert, card),
    detailsDialog.draw(drawn, { ...card, at }),
    tooLateDialog(resolved, place, "VPN"),
    loadingDialog(),
  ];
  expect(dialogs.map(({ title, submit, close }) => [title.text, submit?.text, close?.text])).toEqual([
    ["Resolve #1042", "Resolve", "Cancel"],
    ["Mark #1042 as invalid", "Mark as invalid", "Cancel"],
    ["Comment on #1042", "Add", "Cancel"],
    ["Alert #1042", "Search", "Close"],
    ["Already resolved", undefined, "Close"],
    ["One moment…", undefined, "Close"],
  ]);
});

test("every notice consists of short, whole sentences without markup", () => {
  const all = Object.values(notices).filter((notice) => typeof notice === "string");
  const filled = [
    notices.isTheCard(1042),
    notices.kept(1042),
    notices.keptAlready(1042),
    notices.noAlert(1042),
    notices.changedMeanwhile(1042, "Grace resolved the alert"),
    notices.notAssignable("guests of this workspace can't act on alerts"),
    notices.denied(
      "change this alert",
      "no Tocsin user has the email e@acme.example",
      "ask your administrator.",
    ),
  ];
  for (const notice of [...all, ...filled]) {
    expect(notice).toMatch(/^[A-Z#].*[.]$/);
    expect(notice.length).toBeLessThan(200);
    expect(notice).not.toMatch(/[*_~`<>]|undefined|sorry|oops|!/i);
  }
});
