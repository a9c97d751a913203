import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Alert } from "../../src/alert/alert.ts";
import { detectionLabel } from "../../src/alert/alert.ts";
import { contextFields } from "../../src/alert/context-path.ts";
import { whyDialog } from "../../src/boomerang/answer-buttons.ts";
import { answerDialog } from "../../src/boomerang/answer-dialog.ts";
import { askDialog, previewDialog } from "../../src/boomerang/ask-dialog.ts";
import { drawClosedQuestion, drawQuestion, drawQuestionReminder } from "../../src/boomerang/draw-question.ts";
import { fillQuestion } from "../../src/boomerang/fill-question.ts";
import { drawToConfirm } from "../../src/boomerang/second-factor/ask-to-confirm.ts";
import { suppressDialog } from "../../src/boomerang/suppression/suppress-dialog.ts";
import { drawDigest } from "../../src/deliver/slack-bot/digest/draw-digest.ts";
import { drawReply } from "../../src/deliver/slack-bot/thread/draw-reply.ts";
import { infoDialog } from "../../src/interact/dialog-blocks.ts";
import { drawNotice } from "../../src/interact/notices.ts";
import { applyDrawStep } from "../../src/messages/draw-step.ts";
import { snoozeDialog, snoozePreview } from "../../src/silence/snooze-dialog.ts";
import type { SlackMessage } from "../../src/slack/message.ts";
import { closeDialog } from "../../src/triage/card/close-dialog.ts";
import { commentDialog, tooLateDialog } from "../../src/triage/card/comment-dialogs.ts";
import { distinguishingFields } from "../../src/triage/card/distinguishing-fields.ts";
import { drawCard } from "../../src/triage/card/draw-card.ts";
import { drawAlert, drawHelp, drawList } from "../../src/triage/command/draw-answers.ts";
import type { DetailsAt } from "../../src/triage/details/details-controls.ts";
import { drawDetails } from "../../src/triage/details/draw-details.ts";
import { detailsDialog } from "../../src/triage/details/on-details.ts";
import { drawDeniedHome, drawHome } from "../../src/triage/home/draw-home.ts";
import { aView } from "../builders/an-alert.ts";
import { blockFaults, isLive } from "../builders/block-faults.ts";
import { hostileAlert, hostileText } from "../builders/hostile-alert.ts";

const oracles = process.env.TOCSIN_ORACLES;
const validate = oracles ? blockKit(oracles) : null;
const now = new Date("2026-11-24T15:00:00Z");
const berlin = { timezone: "Europe/Berlin", now };

/** Validators from an independent schema of Slack's reference; without TOCSIN_ORACLES only `blockFaults` checks. */
function blockKit(folder: string) {
  const schema = JSON.parse(readFileSync(join(folder, "slack/block-kit.subset.schema.json"), "utf8"));
  const ajv = new Ajv2020({ formats: { uri: URL.canParse }, strictTypes: false });
  ajv.addSchema(schema, "slack");
  const [blocks, modal] = [ajv.getSchema("slack"), ajv.getSchema("slack#/$defs/modal_view")];
  if (!blocks || !modal) throw new Error("the schema lacks what these tests validate");
  return { blocks, modal };
}

function expectMessage(message: SlackMessage, mention = ""): void {
  expect(blockFaults(message, 50)).toEqual([]);
  expect(message.text.length).toBeLessThanOrEqual(4000);
  expect(isLive(message.text.replace(mention, ""))).toBe(false);
  if (validate) expect(validate.blocks(message.blocks) || validate.blocks.errors).toBe(true);
}

function expectModal(view: { blocks: object[] }): void {
  expect(blockFaults(view, 100)).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
  if (validate) expect(validate.modal(view) || validate.modal.errors).toBe(true);
}

const urls = fc.constantFrom(
  "https://tocsin.acme.example/alerts/1",
  "http://localhost:4000/alerts/1",
  "http://10.0.0.7/a",
);
const links = fc.array(fc.record({ label: hostileText, url: fc.oneof(urls, hostileText) }), { maxLength: 4 });
const views = fc
  .tuple(
    hostileAlert,
    urls,
    links,
    fc.constantFrom(null, "U0GRACE"),
    fc.option(hostileText, { nil: undefined }),
  )
  .map(([alert, alertUrl, links, assigneeSlackId, note]) =>
    aView(alert, {
      place: { timezone: "Europe/Berlin", alertUrl },
      distinguishing: distinguishingFields({ ...alert, others: [{}], chosen: Object.keys(alert.context) }),
      ...{ links, assigneeSlackId, note },
    }),
  );

/** An open question to the maximum of five people. */
function questionTo({ id, number, title }: { id: string; number: number; title: string }, words: string) {
  const answer = { kind: "text", text: words } as const;
  const recipients = Array(5).fill({ name: words, state: "answered" as const, answer });
  return { id, alert: { number, title }, question: words, expiresAt: now, recipients };
}

/** The two views of "Snooze like this…". */
function expectSnoozeDialogs(alert: Alert): void {
  const card = { alertId: alert.id, version: alert.version, channel: "C1", ts: "1.2" };
  const offered = contextFields(alert.context, 4);
  const { title: reason } = alert;
  const example = { ...alert, createdAt: "" };
  const preview = {
    days: 30,
    count: 9,
    critical: 1,
    silenced: 8,
    complete: false,
    examples: Array(5).fill(example),
  } as const;
  expectModal(snoozeDialog.draw({ alert, fields: offered, preview }, { ...card, offered }));
  const chosen = { scope: "title", fields: offered, minutes: 60, alsoCritical: true } as const;
  const shown = {
    covers: reason,
    reason,
    until: now,
    timezone: "UTC",
    now,
    alsoCritical: true,
    preview,
  };
  expectModal(snoozePreview.draw(shown, { ...card, ...chosen, reason: reason.slice(0, 300) }));
}

describe("with hostile text, nothing is refused or live in", () => {
  test("a card at every draw step with blocks", () => {
    fc.assert(
      fc.property(views, (view) => {
        const card = drawCard(view);
        expectMessage(card);
        expectMessage(applyDrawStep(card, "without-links"));
        expect(JSON.stringify(applyDrawStep(card, "without-links"))).not.toContain('"url"');
      }),
      { numRuns: 200 },
    );
  });

  test("the dialogs about an alert", () => {
    const events = fc.array(fc.oneof(hostileText, fc.jsonValue({ maxDepth: 2 })), { maxLength: 10 });
    const part = fc.constantFrom("context", "texts", "event:0", "event:9", "?");
    const page = fc.nat(50);
    const at = fc.oneof(
      fc.record({ show: fc.constant("part" as const), part, page }),
      fc.record({
        show: fc.constant("found" as const),
        query: hostileText.map((q) => q.slice(0, 100)),
        page,
      }),
    );
    const n = fc.nat(20);
    fc.assert(
      fc.property(views, events, at, n, ({ alert, place }, events, at, n) => {
        const card = { alertId: alert.id, version: alert.version, channel: "C1", ts: "1.2" };
        const value: DetailsAt = { show: "value", part: "context", page: at.page, n };
        for (const shown of [at, value]) {
          const form = drawDetails({ alert, events, place, now }, shown);
          expect(form !== null || shown === value).toBe(true);
          if (form) expectModal(detailsDialog.draw(form, { ...card, at: shown }));
        }
        expectModal(
          closeDialog.draw(
            { alert, rules: { commentRequired: true, dispositionRequired: true }, disposition: "DUPLICATE" },
            { ...card, to: "CLOSED", asksOther: true },
          ),
        );
        expectModal(commentDialog.draw(alert, card));
        expectSnoozeDialogs(alert);
        expectModal(
          suppressDialog.draw(
            { alert, free: [{ askId: alert.id, name: alert.title }], suppressed: [alert.title] },
            card,
          ),
        );
        expectModal(tooLateDialog(alert, berlin, alert.description));
      }),
    );
  });

  test("a question with filled-in fields, its preview and its outcomes", () => {
    const text = "{title} {number} {severity} {detection} {time}";
    const kinds = fc.constantFrom("person", "channel");
    fc.assert(
      fc.property(views, hostileText, kinds, ({ alert }, words, kind) => {
        const filled = fillQuestion(text, alert, berlin);
        const until = { until: now, ...berlin };
        const base = { askId: alert.id, kind, asker: words, question: filled, secondFactor: true };
        const view = { ...base, answers: "yes_no", ...until } as const;
        expectMessage(drawQuestion(view));
        expectMessage(drawQuestion({ ...view, question: words, answers: "text", note: words }));
        expectMessage(drawQuestionReminder(view));
        const answer = { kind: "text", text: words } as const;
        expectMessage(drawClosedQuestion(view, { kind: "answered", answer, by: words, at: now }));
        expectMessage(drawClosedQuestion(view, { kind: "cancelled" }));
        const card = { alertId: alert.id, version: alert.version, channel: "C1", ts: "1.2" };
        const to = { people: [], conversation: "C1", secondFactor: true };
        const asked = { ...to, answers: "yes_no", openFor: "4h" } as const;
        const memory = { ...card, ...asked, question: filled };
        expectModal(
          askDialog.draw({ alert, question: filled, suggested: null, offersSecondFactor: true }, card),
        );
        expectModal(previewDialog.draw({ shown: view, to: [words, words] }, memory));
        expectModal(answerDialog.draw(filled, { askId: alert.id, choice: "no" }));
        expectModal(whyDialog({ askedBy: { type: "user", id: null, name: words }, secondFactor: true }));
        expectMessage(drawToConfirm({ url: "https://tocsin.example.com/", answer }));
      }),
    );
  });

  test("a digest", () => {
    const count = fc.nat({ max: 1_000_000 });
    const digests = fc.tuple(fc.array(hostileAlert, { maxLength: 12 }), urls, count, fc.boolean(), count);
    fc.assert(
      fc.property(digests, ([alerts, listUrl, count, over, others]) => {
        const menu = alerts.flatMap((alert) => Array<typeof alert>(12).fill(alert));
        const gathered = alerts.map(({ severity, status, assignee }) => {
          return { severity, status, assigned: assignee !== null, count };
        });
        const top = alerts.slice(0, 8).map((alert) => ({ name: detectionLabel(alert), count }));
        const loud = { critical: count + 5, high: count + 5, first: alerts.slice(0, 10) };
        const span = { from: now, to: now };
        const id = "0199f3c2-9000-7000-8000-00000000d001";
        const counted = { gathered, detections: { top, others }, loud, menu, span };
        expectMessage(drawDigest({ ...counted, ...berlin, id, redraws: count, listUrl, over }));
      }),
    );
  });

  test("the answers to commands and the App Home", () => {
    const place = { publicUrl: "https://tocsin.acme.example", ...berlin };
    fc.assert(
      fc.property(views, hostileText, (view, words) => {
        const alerts = Array(10)
          .fill(view.alert)
          .map((alert, at) => ({ ...alert, id: `${alert.id.slice(0, -2)}1${at}` }));
        expectMessage(drawAlert(view));
        expectMessage(drawList({ ...place, alerts, filters: { words }, more: null }));
        expectMessage(drawHelp(words));
        const listed = { alerts, more: `${place.publicUrl}/alerts?assignee=me` };
        const home = drawHome({
          ...place,
          mine: listed,
          unassigned: { ...listed, alerts: [] },
          questions: alerts.map((alert) => questionTo(alert, words)),
          notice: words,
        });
        expect(blockFaults(home, 100)).toEqual([]);
        expect(blockFaults(drawDeniedHome(words), 100)).toEqual([]);
      }),
    );
  });

  test("replies, notices and info dialogs", () => {
    const mentions = fc.constantFrom(null, { slackUserId: "U0GRACE", name: "Grace" });
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 30 }), mentions, (sentences, mention) => {
        expectMessage(drawReply({ number: 1042, sentences }, mention), `<@${mention?.slackUserId}>`);
        expectMessage(drawNotice(sentences.join(" ")));
        expectModal(infoDialog(sentences[0] ?? "", sentences.join(" "), sentences[1]));
      }),
    );
  });
});

test("blockFaults finds each kind of fault", () => {
  const section = (text: object) => ({ blocks: [{ type: "section", block_id: "a", text }] });
  const mrkdwn = (text: string) => section({ type: "mrkdwn", text, verbatim: true });
  expect(blockFaults(mrkdwn("<!channel>"), 50)).toEqual(["live mrkdwn at .blocks.0.text"]);
  expect(blockFaults(mrkdwn("<https://a.example|a>"), 50)).toEqual([]);
  expect(blockFaults(section({ type: "plain_text", text: "\u202E", emoji: false }), 50)).toHaveLength(1);
  expect(blockFaults(section({ type: "plain_text", text: "", emoji: false }), 50)).toHaveLength(1);
  expect(blockFaults({ blocks: Array(51).fill({ type: "divider" }) }, 50)).toEqual(["51 blocks"]);
});
