import { cut } from "../text/text.ts";
import { escapeText } from "../text/escape-text.ts";
import { plainText } from "../request/message-text.ts";

/** As long as a comment may be. */
const longest = 10_000;

/**
 * What somebody wrote in Slack as plain text: people by name, links and channels written out. A mention of the
 * bot at its beginning only called the bot, and is left out.
 */
export function messageWords(
  mrkdwn: string,
  { botUserId, names }: { botUserId: string; names: ReadonlyMap<string, string> },
): string {
  const text = mrkdwn.trim();
  const call = `<@${botUserId}>`;
  const told = text.startsWith(call) ? text.slice(call.length).replace(/^[\s,:]+/, "") : text;
  const named = told.replace(/<@([UW][A-Z0-9]{2,30})>/g, (whole, id: string) => {
    const name = names.get(id);
    // mrkdwn is read next.
    return name ? `@${escapeText(name)}` : whole;
  });
  return cut(plainText(named).trim(), longest);
}
