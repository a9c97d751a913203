import { encodeEntities } from "../block-kit/mrkdwn.ts";
import type { Workspace } from "../workspace/workspace.ts";

const wordEnds = (text: string, at: number) => !/[\p{L}\p{N}_]/u.test(text[at] ?? "");

/** The longest of these names that stands at a place, so that `@Ada Lovelace` is not taken for `@Ada`. */
const nameAt = <T extends { names: string[] }>(all: readonly T[], text: string, at: number) =>
  all
    .flatMap((one) => one.names.map((name) => ({ ...one, name })))
    .filter(({ name }) => name && text.slice(at, at + name.length).toLowerCase() === name.toLowerCase())
    .filter(({ name }) => wordEnds(text, at + name.length))
    .sort((a, b) => b.name.length - a.name.length)[0];

/** What a person typed, as Slack keeps it: names of people, channels and everybody become mentions. */
export function typedText({ users, channels }: Workspace, typed: string): string {
  const text = encodeEntities(typed);
  if (!/[@#]/.test(text)) return text;
  const people = [...users.values()].map(({ id, name, realName }) => ({
    names: [name, realName],
    mention: `<@${id}>`,
  }));
  const groups = ["channel", "here", "everyone"].map((name) => ({ names: [name], mention: `<!${name}>` }));
  const places = [...channels.values()]
    .filter(({ kind }) => kind !== "im")
    .map(({ id, name }) => ({ names: [name], mention: `<#${id}>` }));
  const known = { "@": [...people, ...groups], "#": places };
  let kept = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const begins = (sign === "@" || sign === "#") && wordEnds(text, at - 1);
    const found = begins ? nameAt(known[sign], text, at + 1) : undefined;
    kept += found ? found.mention : sign;
    if (found) at += found.name.length;
  }
  return kept;
}
