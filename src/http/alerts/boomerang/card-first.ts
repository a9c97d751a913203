import { setTimeout as sleep } from "node:timers/promises";
import { transaction } from "../../../db/transaction.ts";
import { postDigestedCard } from "../../../deliver/slack-bot/digest/post-digested-card.ts";
import { type AskingPlace, askingPlace } from "../../../triage/boomerang/asking-place.ts";
import type { Deps } from "../../../api/deps.ts";

const lookEveryMs = 200;
/** A card that was asked for goes before others; where its channel is held, the question doesn't wait for it. */
const longestMs = 6000;

/** An alert that stands in a digest only gets its card before a question is asked, so that a thread can tell it. */
export async function cardFirst(
  { db, wake }: Pick<Deps, "db" | "wake">,
  { alertId, place }: { alertId: string; place: AskingPlace },
): Promise<AskingPlace> {
  if (place.cardId !== null) return place;
  if (!(await transaction(db, (tx) => postDigestedCard(tx, { alertId })))) return place;
  wake();
  for (let waited = 0; waited < longestMs; waited += lookEveryMs) {
    await sleep(lookEveryMs);
    const now = await askingPlace(db.kysely, { alertId, card: null });
    if (now?.cardId) return now;
  }
  return place;
}
