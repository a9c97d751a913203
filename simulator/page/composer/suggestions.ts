import type { Scene } from "../scene.ts";

/** What may stand where one is typing: its own words, and what is written when it is taken. */
export type Suggestion = { label: string; detail: string; writes: string };

export type Known = {
  people: readonly { name: string; realName: string }[];
  channels: readonly { name: string }[];
  commands: readonly { command: string; description: string; usageHint: string; app: string }[];
};

const most = 8;

const builtIn = [
  {
    command: "/invite",
    description: "Let somebody or an app into this channel",
    usageHint: "@name",
    app: "Slack",
  },
  { command: "/remove", description: "Take somebody or an app out of it", usageHint: "@name", app: "Slack" },
];

/** What a scene has to offer to somebody who types. */
export const knownIn = ({ people, channels, apps }: Scene["overview"]): Known => ({
  people: people.filter(({ deleted }) => !deleted),
  channels: channels.filter(({ kind }) => kind !== "im"),
  commands: [
    ...apps.flatMap(({ name, commands }) => commands.map((command) => ({ ...command, app: name }))),
    ...builtIn,
  ],
});

/** What fits, but nothing when it has been typed already: Enter then sends. */
const listed = (found: Suggestion[], typed: string) =>
  found.some(({ writes }) => writes.trim().toLowerCase() === typed.toLowerCase()) ? [] : found.slice(0, most);

const starts = (typed: string) => (text: string) =>
  text
    .toLowerCase()
    .split(/[\s._-]+/)
    .concat(text.toLowerCase())
    .some((word) => word.startsWith(typed.toLowerCase()));

/** What fits the word before the caret, and where that word begins. In a thread there are no commands. */
export function suggestions(
  before: string,
  { people, channels, commands }: Known,
  inThread = false,
): { from: number; list: Suggestion[] } {
  const [, sign = "", typed = ""] = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before) ?? [];
  const from = before.length - typed.length - sign.length;
  const fits = starts(typed);
  if (sign === "@") {
    const found = people.filter(({ name, realName }) => fits(name) || fits(realName));
    const list = found.map(({ name, realName }) => ({
      label: realName,
      detail: `@${name}`,
      writes: `@${realName} `,
    }));
    return { from, list: listed(list, sign + typed) };
  }
  if (sign === "#") {
    const list = channels
      .filter(({ name }) => fits(name))
      .map(({ name }) => ({ label: `#${name}`, detail: "", writes: `#${name} ` }));
    return { from, list: listed(list, sign + typed) };
  }
  const word = /^\/[\w-]*$/.exec(before)?.[0];
  if (!word || inThread) return { from: 0, list: [] };
  const list = commands
    .filter(({ command }) => command.startsWith(word.toLowerCase()))
    .map(({ command, description, usageHint, app }) => ({
      label: `${command} ${usageHint}`.trim(),
      detail: `${description} · ${app}`,
      writes: `${command} `,
    }));
  return { from: 0, list: listed(list, word) };
}

/** How the command that one has begun to type is used. */
export function usage(typed: string, { commands }: Known): string | undefined {
  const [, word] = /^(\/[\w-]+)\s/.exec(typed) ?? [];
  const found = commands.find(({ command }) => command === word);
  return found && `${found.command} ${found.usageHint}`.trim();
}
