import { setTimeout as sleep } from "node:timers/promises";
import type { MessageView } from "../control/message-view.ts";
import { type Card, makeCard } from "./card.ts";
import { type Context, expectedKey } from "./context.ts";
import { eventually, type Patience } from "./eventually.ts";
import { titleOf, visibleText } from "./visible-text.ts";

export type ChannelStory = {
  /** All messages outside threads, oldest first. */
  messages: () => Promise<MessageView[]>;
  /** Waits for a message that is headed so. Of several, one that nobody expected yet, else the newest. */
  expectCard: (title: string, patience?: Patience) => Promise<Card>;
  /** The same for a message that says so anywhere. */
  expectMessage: (text: string, patience?: Patience) => Promise<Card>;
  /** Fails if there is a message headed so once the app is idle. */
  expectNoCard: (title: string) => Promise<void>;
  say: (text: string, by: { as: string; thread?: string }) => Promise<void>;
};

const all = 100_000;

/** For how long a message may still come from an app that nobody can look into. */
const unfollowedMs = 300;

async function idle({ followed }: Context): Promise<void> {
  await (followed.app ? followed.app.idle() : sleep(unfollowedMs));
}

/** A channel by `#name` or id, or a person's direct messages with the app by `@name`. */
export function channelStory(context: Context, channel: string): ChannelStory {
  const { ask, name, expected } = context;
  const matching = async (wanted: string, read: typeof titleOf) => {
    const found = await ask("messages", { channel, contains: longestPlain(wanted), limit: all });
    return found.filter((message) => read(message, name).includes(wanted));
  };
  const expect = async (wanted: string, read: typeof titleOf, patience?: Patience) => {
    const found = await eventually(
      context,
      async () => {
        const fits = await matching(wanted, read);
        return fits.find((message) => !expected.has(expectedKey(message))) ?? fits.at(-1);
      },
      { ...patience, complain: () => complaint(context, channel, wanted) },
    );
    expected.add(expectedKey(found));
    return makeCard(context, found);
  };
  return {
    messages: () => ask("messages", { channel, limit: all }),
    expectCard: (title, patience) => expect(title, titleOf, patience),
    expectMessage: (text, patience) => expect(text, visibleText, patience),
    async expectNoCard(title) {
      await idle(context);
      const [found] = await matching(title, titleOf);
      if (found) throw new Error(`${channel} has a card "${title}" that should not be there`);
    },
    say: async (text, { as, thread }) => void (await ask("say", { as, channel, text, thread })),
  };
}

// Mentions and marks look otherwise in what was sent, so only a run of plain letters is looked for there.
const longestPlain = (text: string): string =>
  text
    .split(/[^\p{L}\p{N} ]+/u)
    .map((run) => run.trim())
    .reduce((longest, run) => (run.length > longest.length ? run : longest), "");

async function complaint({ ask, name }: Context, channel: string, wanted: string): Promise<string> {
  const there = (await ask("messages", { channel, limit: 20 })).map((m) => titleOf(m, name));
  return `${channel} has no message "${wanted}". There are:\n${there.join("\n") || "none"}`;
}
