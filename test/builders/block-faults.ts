import { isDeepStrictEqual } from "node:util";

type Node = Record<string, unknown>;
/** An object anywhere in the message, with its own texts and the path of keys to it. */
interface MessageNode {
  node: Node;
  texts: string[];
  path: string;
}

/** The limits of a plain_text object by its path; the last match applies. */
const maxTextLengths: [RegExp, number][] = [
  [/./, 3000],
  [/\.placeholder$/, 150],
  [/\.options\.\d+\.text$|\.initial_option\.text$/, 75],
  [/\.elements\.\d+\.text$/, 75],
  [/^\.(title|submit|close)$/, 24],
];

/** A link shows where it leads, or says that it leads to Tocsin. */
const ownLink = /<https?:\/\/[^<>|\s]+\|(?:[^<>|\s]+|Open Tocsin|(?:Open|More) in Tocsin)>/g;
/** Hidden characters that are never part of an emoji; independent of the code under test. */
const hidden =
  /(?![\n\t])\p{Cc}|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff]/u;

/** Each rule finds something that Slack would refuse, or that could ping, link or mislead. */
const rules: Record<string, (place: MessageNode) => boolean> = {
  "hidden characters": ({ texts }) => texts.some((text) => hidden.test(text)),
  "half a character": ({ texts }) => texts.some((text) => !text.isWellFormed()),
  "plain text": ({ node, path }) =>
    node.type === "plain_text" && (node.emoji !== false || !within(node.text, 1, limitAt(path))),
  mrkdwn: ({ node }) => node.type === "mrkdwn" && (!within(node.text, 1, 3000) || node.verbatim !== true),
  "live mrkdwn": ({ node }) => node.type === "mrkdwn" && isLive(String(node.text)),
  "long header": ({ node }) => node.type === "header" && !within(textOf(node), 1, 150),
  elements: ({ node }) => node.type === "actions" && !within(node.elements, 1, 25),
  "context elements": ({ node }) => node.type === "context" && !within(node.elements, 1, 10),
  "menu options": ({ node }) => node.type === "overflow" && !within(node.options, 1, 5),
  "select options": ({ node }) => node.type === "static_select" && !within(node.options, 1, 100),
  "initial option": ({ node }) => "initial_option" in node && !isAmong(node.options, node.initial_option),
  "hidden button": ({ node }) =>
    node.type === "button" && "url" in node && !/^https?:\/\/[^/]*\./.test(String(node.url)),
  "long address": ({ node }) => "url" in node && !within(node.url, 1, 3000),
  "block id": ({ node }) => "block_id" in node && !within(node.block_id, 1, 255),
  "empty rich text": ({ node }) => node.type === "text" && !within(node.text, 1, 30_000),
  metadata: ({ node }) => "private_metadata" in node && !within(node.private_metadata, 1, 3000),
};

/**
 * Lists what Slack would refuse in a message (50 blocks) or a view (100), and text that could become live, by an
 * independent reading of https://docs.slack.dev/reference/block-kit.
 */
export function blockFaults(message: { blocks: object[] }, maxBlocks: 50 | 100): string[] {
  const places = [...objects(message, "")];
  const ids = places.flatMap(({ node }) => ("block_id" in node ? [node.block_id] : []));
  const found = places.flatMap((place) =>
    Object.entries(rules).flatMap(([name, isFault]) => (isFault(place) ? [`${name} at ${place.path}`] : [])),
  );
  if (!within(message.blocks, 1, maxBlocks)) found.push(`${message.blocks.length} blocks`);
  if (new Set(ids).size < ids.length) found.push("block ids repeat");
  return found;
}

/** Whether mrkdwn holds anything that Slack would act on, apart from Tocsin's own links. */
export function isLive(text: string): boolean {
  return /[<>]|&(?!amp;|lt;|gt;)/.test(text.replace(ownLink, ""));
}

function* objects(value: unknown, path: string): Generator<MessageNode> {
  if (typeof value !== "object" || value === null) return;
  const entries = Object.entries(value);
  // A dialog's metadata is not shown.
  const shown = entries.filter(([key]) => key !== "private_metadata");
  const texts = shown.flatMap(([, inner]) => (typeof inner === "string" ? [inner] : []));
  if (!Array.isArray(value)) yield { node: { ...value }, texts, path };
  for (const [key, inner] of entries) yield* objects(inner, `${path}.${key}`);
}

function textOf({ text }: Node): unknown {
  return typeof text === "object" && text !== null && "text" in text ? text.text : text;
}

function limitAt(path: string): number {
  return maxTextLengths.findLast(([keys]) => keys.test(path))?.[1] ?? 0;
}

function within(value: unknown, least: number, most: number): boolean {
  const sized = typeof value === "string" || Array.isArray(value);
  return sized && value.length >= least && value.length <= most;
}

function isAmong(options: unknown, one: unknown): boolean {
  return Array.isArray(options) && options.some((option) => isDeepStrictEqual(option, one));
}
