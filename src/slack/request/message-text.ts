import { cut, escapeText } from "../text/text.ts";

const entities = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
]);

/**
 * Slack's mrkdwn as plain text. Angle brackets without a meaning stay, since many tools don't escape them. A reader sees
 * only the label of a link that has one; its address follows in brackets, unless `addresses` is false.
 */
export function plainText(
  mrkdwn: string,
  {
    decode = decodeEntities,
    addresses = true,
  }: { decode?: (text: string) => string; addresses?: boolean } = {},
): string {
  return decode(
    mrkdwn.replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (whole, target: string, label?: string) =>
      readAngle(whole, { target, label, addresses }),
    ),
  );
}

/** Decodes the three entities that Slack decodes, in plain_text objects too. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => entities.get(entity) ?? entity);
}

interface Angle {
  target: string;
  label: string | undefined;
  addresses: boolean;
}

function readAngle(whole: string, { target, label, addresses }: Angle): string {
  const [sign, rest] = [target.charAt(0), target.slice(1)];
  if (sign === "@" || sign === "#") return withSign(sign, label || rest);
  if (sign === "!") return special(rest, label);
  if (!/^(https?|mailto|tel|ftp):/i.test(target)) return whole;
  const address = target.replace(/^(mailto|tel):/i, "");
  if (!label || label === address || label === target) return address;
  return addresses ? `${label} (${address})` : label;
}

/** `<!here>`, `<!subteam^S012|@secops>`, `<!date^1700000000^{date}|14 Nov>`: people see the label, if there is one. */
function special(name: string, label: string | undefined): string {
  const [kind, id] = name.split("^");
  if (kind === "date") return label || id || "";
  return withSign("@", label || id || name);
}

function withSign(sign: string, name: string): string {
  return name.startsWith(sign) ? name : sign + name;
}

const hosts = /(^|\.)(slack\.com|slack-files\.com|slack-gov\.com)$/;

/** Whether a link is an https address of Slack. A message's file links are external input. */
export function isSlackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return protocol === "https:" && hosts.test(hostname) && username === "" && password === "";
}

const mention = /<@([UW][A-Z0-9]{2,30})>/g;
const maxMentions = 10;

/** The Slack ids of people whom a text mentions without a name, at most ten. */
export function mentionedPeople(mrkdwn: string): string[] {
  const ids = [...mrkdwn.matchAll(mention)].flatMap(([, id]) => id ?? []);
  return [...new Set(ids)].slice(0, maxMentions);
}

const maxCommentLength = 10_000;

/**
 * A person's Slack message as plain text: people by name, links and channels written out. A mention of the bot at the
 * beginning is left out.
 */
export function messageToText(
  mrkdwn: string,
  { botUserId, names }: { botUserId: string; names: ReadonlyMap<string, string> },
): string {
  const text = mrkdwn.trim();
  const botMention = `<@${botUserId}>`;
  const body = text.startsWith(botMention) ? text.slice(botMention.length).replace(/^[\s,:]+/, "") : text;
  const named = body.replace(/<@([UW][A-Z0-9]{2,30})>/g, (whole, id: string) => {
    const name = names.get(id);
    // `plainText` parses the result as mrkdwn.
    return name ? `@${escapeText(name)}` : whole;
  });
  return cut(plainText(named).trim(), maxCommentLength);
}
