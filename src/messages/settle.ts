import { sql } from "kysely";
import { type Transaction, transaction } from "../db/transaction.ts";
import type { ClaimedLine, Message } from "../outbox/claim-line.ts";
import type { Deps } from "../outbox/deps.ts";
import { deleteIdleLines, releaseLine } from "../outbox/lines.ts";
import {
  countRefusals,
  lineOutcome,
  type NextAttempt,
  nextAttempt,
  retryContext,
} from "../outbox/next-attempt.ts";
import type { SlackFault } from "../slack/client/slack-fault.ts";
import { eventWaitSeconds } from "./find-lost.ts";
import type { Drawing, Life, MessageKind, Posted } from "./message-kind.ts";

/** Where the outcome of a post is written, for messages that are rows of `messages`. */
export function lifeOf(deps: Deps, line: ClaimedLine, message: Message, kind: MessageKind): Life<Message> {
  return {
    job: message,
    draw: () => kind.draw(deps, message),
    beforePost: (drawing) => rememberShown(deps, message, drawing),
    posted: (posted) => settlePosted(deps, line, message, { kind, ...posted }),
    failed: (fault) => settleFault(deps, line, message, { kind, fault }),
    postponed: (seconds) => postpone(deps, line, message, seconds),
  };
}

/** If the answer is lost, `shown` tells what the message in Slack has. */
async function rememberShown({ db }: Deps, { id, shown }: Message, drawing: Drawing): Promise<void> {
  if (drawing.shown === undefined || drawing.shown === shown) return;
  await sql`update messages set shown = ${drawing.shown} where id = ${id}`.execute(db.kysely);
}

/**
 * A posted message is a fact, so it is settled even if its line's lease has ended. With more to show meanwhile, the row
 * is due again as another message.
 */
async function settlePosted(
  deps: Deps,
  line: ClaimedLine,
  message: Message,
  { kind, drawing, ts, how }: Posted & { kind: MessageKind },
): Promise<void> {
  const drawn = drawing.shown ?? message.shown;
  const shown = how === "found" ? message.shown : drawn;
  await transaction(deps.db, async (tx) => {
    await drawing.settled?.(tx, { ts, shown });
    if (kind.stays && ts !== null) await stand(tx, message, { ts, how, channel: drawing.channel });
    else await end(tx, message, shown >= drawn);
    await releaseLine(tx, deps, line, { kind: how === "posted" ? "used" : "unused" });
    if (line.ofPerson) await deleteIdleLines(tx);
  });
  deps.log({ message: message.id, kind: message.kind, line: line.key, how }, "message settled");
}

/** A message that was found, or that has to show more by now, is edited next. */
async function stand(
  tx: Transaction,
  { id, wanted, channelId }: Message,
  { ts, how, channel = channelId }: { ts: string; how: Posted["how"]; channel: string | undefined },
): Promise<void> {
  await sql`
    update messages set state = 'stands', channel_id = ${channel}, ts = ${ts}, due_at = null, attempts = 0, lease = null,
      unsure_since = null, seen_ts = null, edit_at = case when ${how === "found"} or wanted <> ${wanted} then now() end
    where id = ${id} and ts is null`.execute(tx);
}

async function end(tx: Transaction, { id, wanted }: Message, toldAll: boolean): Promise<void> {
  await sql`
    with ended as (
      delete from messages where id = ${id} and wanted = ${wanted} and ${toldAll}
    )
    update messages set id = gen_random_uuid(), state = 'due', due_at = now(), created_at = now(), attempts = 0,
      unsure_since = null, seen_ts = null, step = 0
    where id = ${id} and (wanted <> ${wanted} or not ${toldAll})`.execute(tx);
}

async function settleFault(
  deps: Deps,
  line: ClaimedLine,
  message: Message,
  { kind, fault }: { kind: MessageKind; fault: SlackFault },
): Promise<void> {
  const failed = {
    fault,
    attempts: message.attempts,
    faultsInARow: line.faultsInARow,
    waitingSince: message.waitingSince,
    drawStep: message.drawStep,
    refusals: countRefusals(line, { code: fault.code, id: message.id, lastError: null }),
    rules: kind.rules,
  };
  const next = nextAttempt(failed, retryContext(deps));
  const givenUp = next.kind === "give-up" && kind.rules.unsendable !== "seldom";
  await transaction(deps.db, async (tx) => {
    if (givenUp) {
      if (await drop(tx, line, message)) await kind.dropped?.(tx, message, fault);
    } else {
      await makeDue(tx, line, message, {
        seconds: Math.max(waitSeconds(next), fault.answerLost ? eventWaitSeconds(line.scopes) : 0),
        step: next.kind === "simplify" ? next.drawStep : message.drawStep,
        answerLost: fault.answerLost,
        attempted: true,
      });
    }
    await releaseLine(tx, deps, line, lineOutcome(next));
    if (givenUp && line.ofPerson) await deleteIdleLines(tx);
  });
  const { id, kind: of } = message;
  deps.log(
    { message: id, kind: of, line: line.key, error: fault.code, next: next.kind },
    "message not posted",
  );
}

/** What can't be sent is tried again this often, if it is not given up. */
const seldomSeconds = 15 * 60;

/** How long a message waits beyond its line, so that others go out before one that fails alone. */
function waitSeconds(next: NextAttempt): number {
  if (next.kind === "give-up") return seldomSeconds;
  return "deliverySeconds" in next ? next.deliverySeconds : 0;
}

async function postpone(deps: Deps, line: ClaimedLine, message: Message, seconds: number): Promise<void> {
  await transaction(deps.db, async (tx) => {
    const step = message.drawStep;
    await makeDue(tx, line, message, { seconds, step, answerLost: false, attempted: false });
    await releaseLine(tx, deps, line, { kind: "unused" });
  });
}

interface Retry {
  seconds: number;
  step: number;
  answerLost: boolean;
  /** Whether the attempt counts. */
  attempted: boolean;
}

async function makeDue(
  tx: Transaction,
  { lease }: ClaimedLine,
  { id }: Message,
  { seconds, step, answerLost, attempted }: Retry,
): Promise<void> {
  await sql`
    update messages set state = 'due', step = ${step}, attempts = attempts - ${attempted ? 0 : 1},
      due_at = case when seen_ts is null then now() + make_interval(secs => ${seconds}) else now() end,
      unsure_since = coalesce(unsure_since, case when ${answerLost} then attempted_at end)
    where id = ${id} and lease = ${lease}`.execute(tx);
}

/** Whether this claim still had it. */
async function drop(tx: Transaction, { lease }: ClaimedLine, { id }: Message): Promise<boolean> {
  const { rows } = await sql`delete from messages where id = ${id} and lease = ${lease} returning 1`.execute(
    tx,
  );
  return rows.length > 0;
}
