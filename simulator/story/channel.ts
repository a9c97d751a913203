import { setTimeout as sleep } from "node:timers/promises";
import type { MessageView } from "../control/message-view.ts";
import { type Card, makeCard } from "./card.ts";
import { type Context, expectedKey } from "./context.ts";
import { eventually, type WaitOptions } from "./eventually.ts";
import { titleOf, visibleText } from "./visible-text.ts";

export type ChannelStory = {
  /** All messages outside threads, oldest first. */
  messages: () => Promise<MessageView[]>;
  /** Waits for a message with this title. Of several, returns the first that was not expected before, or the newest. */
  expectCard: (title: string, waitOptions?: WaitOptions) => Promise<Card>;
  /** Waits for a message that contains a text anywhere. */
  expectMessage: (text: string, waitOptions?: WaitOptions) => Promise<Card>;
  /** Fails if there is a message with this title once the app is idle. */
  expectNoCard: (title: string) => Promise<void>;
  say: (text: string, by: { as: string; thread?: string }) => Promise<void>;
};

const noLimit = 100_000;

/** How long to wait for further messages of an app that the story doesn't watch. */
const unwatchedMs = 300;

async function appIdle({ watched }: Context): Promise<void> {
  await (watched.app ? watched.app.idle() : sleep(unwatchedMs));
}

/** The story of a channel by `#name` or ID, or by `@name` of a person's direct message with the app. */
export function channelStory(context: Context, channel: string): ChannelStory {
  const { ask, name, expected } = context;
  const matching = async (wanted: string, read: typeof titleOf) => {
    const found = await ask("messages", { channel, contains: longestPlain(wanted), limit: noLimit });
    return found.filter((message) => read(message, name).includes(wanted));
  };
  const expect = async (wanted: string, read: typeof titleOf, waitOptions?: WaitOptions) => {
    const found = await eventually(
      context,
      async () => {
        const matches = await matching(wanted, read);
        return matches.find((message) => !expected.has(expectedKey(message))) ?? matches.at(-1);
      },
      { ...waitOptions, failure: () => missingMessage(context, channel, wanted) },
    );
    expected.add(expectedKey(found));
    return makeCard(context, found);
  };
  return {
    messages: () => ask("messages", { channel, limit: noLimit }),
    expectCard: (title, waitOptions) => expect(title, titleOf, waitOptions),
    expectMessage: (text, waitOptions) => expect(text, visibleText, waitOptions),
    async expectNoCard(title) {
      await appIdle(context);
      const [found] = await matching(title, titleOf);
      if (found) throw new Error(`${channel} has an unexpected card "${title}"`);
    },
    say: async (text, { as, thread }) => void (await ask("say", { as, channel, text, thread })),
  };
}

// The raw text has markup for mentions and formatting, so the search uses the longest run of plain letters.
const longestPlain = (text: string): string =>
  text
    .split(/[^\p{L}\p{N} ]+/u)
    .map((run) => run.trim())
    .reduce((longest, run) => (run.length > longest.length ? run : longest), "");

async function missingMessage({ ask, name }: Context, channel: string, wanted: string): Promise<string> {
  const titles = (await ask("messages", { channel, limit: 20 })).map((m) => titleOf(m, name));
  return `${channel} has no message "${wanted}". The messages are:\n${titles.join("\n") || "none"}`;
}
