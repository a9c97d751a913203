import type { Picked } from "../../block-kit/controls.ts";
import { allBlocksOf, type Message } from "../message.ts";

/** Where one control of a message stands, for one person. */
export type Place = { user: string; blockId: string; actionId: string };

const key = ({ user, blockId, actionId }: Place) => JSON.stringify([blockId, actionId, user]);

/** Keeps what a person picked: their client shows it until the control comes back under another block_id. */
export const rememberChoice = (message: Message, place: Place, chosen: Picked): void => {
  message.choices.set(key(place), chosen);
};

/** What a person's client shows instead of the initial value; `undefined` when they picked nothing. */
export const choiceOf = (message: Message, place: Place): Picked | undefined =>
  message.choices.get(key(place));

/** After an update: choices hold only as long as their block is there under the same id. */
export function forgetChoices(message: Message): void {
  if (message.choices.size === 0) return;
  const alive = new Set(allBlocksOf(message).map((block) => block.block_id));
  for (const place of message.choices.keys()) {
    const [blockId] = JSON.parse(place);
    if (!alive.has(blockId)) message.choices.delete(place);
  }
}
