import { decodeHTMLStrict } from "entities";
import { z } from "zod";
import { plainText } from "../../../slack/request/message-text.ts";
import { isObject } from "../../fields/read-fields.ts";

/** A value as a reader sees it: lists with commas, objects as JSON, nothing for null. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(shownValue).filter(Boolean).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Some tools send a text object of Block Kit where Slack takes a text. */
const text = z
  .unknown()
  .optional()
  .transform((given) => shownValue(isObject(given) && "text" in given ? given.text : given));
/** Some tools send one thing where Slack takes a list. */
const looseList = z
  .unknown()
  .optional()
  .transform((given): unknown[] => (Array.isArray(given) ? given : isObject(given) ? [given] : []));

const field = z
  .object({ title: text, value: z.unknown().optional() })
  .catch(({ value }) => ({ title: "", value }));

const attachment = z.object({
  color: text,
  author_name: text,
  pretext: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  footer: text,
  fields: looseList.pipe(z.array(field)),
  blocks: looseList,
});
export type SlackAttachment = z.infer<typeof attachment>;
const unreadable = attachment.parse({});

const maxAttachments = 100;
const attachments = looseList.transform((all) =>
  all.slice(0, maxAttachments).map((one) => attachment.catch(unreadable).parse(one)),
);

/** The body of a Slack incoming webhook; `channel` and icons are ignored. */
export const slackMessage = z.object(
  { text, username: text, blocks: looseList, attachments },
  "the object that a Slack incoming webhook takes",
);
export type SlackMessage = z.infer<typeof slackMessage>;

/** Turns mrkdwn into plain text. */
export type ToPlain = (mrkdwn: string) => string;

/** Tools also send HTML's entities, of which Slack knows three. */
const decode = decodeHTMLStrict;

/** Of a link, a reader sees the label only. */
export const asSeen: ToPlain = (mrkdwn) => plainText(mrkdwn, { decode, addresses: false });
/** With the addresses of links. */
export const inFull: ToPlain = (mrkdwn) => plainText(mrkdwn, { decode });
