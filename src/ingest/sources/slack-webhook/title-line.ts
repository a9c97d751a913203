import type { MessageView } from "./message-view.ts";
import { isShared } from "./presets.ts";

/** Emoji and mentions in front of a text. */
const decoration = /^(?:(?::[a-z0-9_+-]+:|@(?:here|channel|everyone))[\s,]*)+/i;
const mentions = /(?<!\S)@\S+/g;

/** The first line that says something, in text, blocks, titles of attachments and their texts; null without any line. */
export function titleIn({ username, text, blocks, attachments }: MessageView): string | null {
  const titles = attachments.map(({ title }) => title);
  const lines = [text, blocks, ...titles, ...attachments.map(({ all }) => all)]
    .flatMap((part) => part.split("\n"))
    .map((line) => line.trim())
    .filter(Boolean);
  const saying = lines.find((line) => says(line, username));
  return saying?.replace(decoration, "") ?? lines[0] ?? null;
}

/** Whether a line is more than mentions, emoji, a rule, or the name of the tool. */
function says(line: string, username: string): boolean {
  const rest = line.replace(mentions, "").replace(/:[a-z0-9_+-]+:/gi, "");
  return /[\p{L}\p{N}]/u.test(rest) && !isShared(line) && !isName(line, username);
}

function isName(line: string, username: string): boolean {
  if (username === "" || line.length > username.length + 20) return false;
  const name = line.replace(/\s*(?:alerts?|notifications?|bot|webhook)?\W*$/i, "");
  return [line, name].some((one) => one.toLowerCase() === username.toLowerCase());
}

/** What the message says besides its title: the other lines, and the fields by name. */
export function descriptionOf({ lines, fields }: MessageView, title: string): string {
  const shown = fields
    .filter(({ value }) => value)
    .map(({ name, value }) => (name ? `${name}: ${value}` : value));
  const own = lines.filter(
    (line) => line !== title && line.replace(decoration, "") !== title && !isShared(line),
  );
  return [...new Set(own), ...shown.filter((line) => !own.includes(line))].join("\n");
}
