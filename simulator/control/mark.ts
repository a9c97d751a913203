import { z } from "zod";
import { changeContext } from "../callbacks/announce.ts";
import { addPin, removePin } from "../changes/pins.ts";
import { addReaction as add, reactionsBy, removeReaction as remove } from "../changes/reactions.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { findChannel, findMessage, findPerson } from "./find.ts";
import { verb } from "./verb.ts";

const onMessage = z.object({ as: z.string(), channel: z.string(), ts: z.string() });
const withEmoji = onMessage.extend({ name: z.string().regex(/^[\w+'-]+(::skin-tone-[2-6])?$/) });

function find({ workspace }: WorkspaceContext, { as, channel: where, ts }: z.output<typeof onMessage>) {
  const channel = findChannel(workspace, where);
  return { channel, message: findMessage(channel, ts), user: findPerson(workspace, as).id };
}

/** Adds a reaction of a person to a message or removes it. Returns whether that changed anything. */
function setReaction(context: WorkspaceContext, input: z.output<typeof withEmoji>, on: boolean) {
  const { channel, message, user } = find(context, input);
  const changed = reactionsBy(message, user).includes(input.name) !== on;
  if (changed) (on ? add : remove)(changeContext(context), channel, { message, user, name: input.name });
  context.changeFeed.bump();
  return { changed };
}

/** Adds a reaction, by the name of its emoji, as a person. */
export const addReaction = verb(withEmoji, (context, input) => setReaction(context, input, true));

/** Removes a person's reaction. */
export const removeReaction = verb(withEmoji, (context, input) => setReaction(context, input, false));

/** Pins a message to its channel as a person. */
export const pinMessage = verb(onMessage, (context, input) => {
  const { channel, message, user } = find(context, input);
  const changed = !channel.pins.has(message.ts);
  if (changed) addPin(changeContext(context), channel, { message, user });
  context.changeFeed.bump();
  return { changed };
});

/** Unpins a message as a person. */
export const unpinMessage = verb(onMessage, (context, input) => {
  const { channel, message, user } = find(context, input);
  const changed = removePin(changeContext(context), channel, { message, user });
  context.changeFeed.bump();
  return { changed };
});
