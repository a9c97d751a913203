import type { PageState } from "../page-state.ts";

/** A suggestion for the word that is being typed; `inserts` is the text that replaces the word. */
export type Suggestion = { label: string; detail: string; inserts: string };

export type Candidates = {
  people: readonly { name: string; realName: string }[];
  channels: readonly { name: string }[];
  commands: readonly { command: string; description: string; usageHint: string; app: string }[];
};

const maxSuggestions = 8;

const builtIn = [
  {
    command: "/invite",
    description: "Add a person or an app to this channel",
    usageHint: "@name",
    app: "Slack",
  },
  {
    command: "/remove",
    description: "Remove a person or an app from this channel",
    usageHint: "@name",
    app: "Slack",
  },
];

/** The people, channels and commands that can be suggested. */
export const candidatesIn = ({ people, channels, apps }: PageState["overview"]): Candidates => ({
  people: people.filter(({ deleted }) => !deleted),
  channels: channels.filter(({ kind }) => kind !== "im"),
  commands: [
    ...apps.flatMap(({ name, commands }) => commands.map((command) => ({ ...command, app: name }))),
    ...builtIn,
  ],
});

/** Limits the matches; none if the word is already complete, so that Enter sends the message. */
const limitMatches = (found: Suggestion[], typed: string) =>
  found.some(({ inserts }) => inserts.trim().toLowerCase() === typed.toLowerCase())
    ? []
    : found.slice(0, maxSuggestions);

const startsWith = (typed: string) => (text: string) =>
  text
    .toLowerCase()
    .split(/[\s._-]+/)
    .concat(text.toLowerCase())
    .some((word) => word.startsWith(typed.toLowerCase()));

/** The suggestions for the word before the caret, and where that word begins. Threads have no commands. */
export function suggestions(
  before: string,
  { people, channels, commands }: Candidates,
  inThread = false,
): { from: number; list: Suggestion[] } {
  const [, sign = "", typed = ""] = /(?:^|\s)([@#])([\p{L}\p{N}._-]*)$/u.exec(before) ?? [];
  const from = before.length - typed.length - sign.length;
  const matches = startsWith(typed);
  if (sign === "@") {
    const found = people.filter(({ name, realName }) => matches(name) || matches(realName));
    const list = found.map(({ name, realName }) => ({
      label: realName,
      detail: `@${name}`,
      inserts: `@${realName} `,
    }));
    return { from, list: limitMatches(list, sign + typed) };
  }
  if (sign === "#") {
    const list = channels
      .filter(({ name }) => matches(name))
      .map(({ name }) => ({ label: `#${name}`, detail: "", inserts: `#${name} ` }));
    return { from, list: limitMatches(list, sign + typed) };
  }
  const word = /^\/[\w-]*$/.exec(before)?.[0];
  if (!word || inThread) return { from: 0, list: [] };
  const list = commands
    .filter(({ command }) => command.startsWith(word.toLowerCase()))
    .map(({ command, description, usageHint, app }) => ({
      label: `${command} ${usageHint}`.trim(),
      detail: `${description} · ${app}`,
      inserts: `${command} `,
    }));
  return { from: 0, list: limitMatches(list, word) };
}

/** The usage hint of the command that is being typed. */
export function usage(typed: string, { commands }: Candidates): string | undefined {
  const [, word] = /^(\/[\w-]+)\s/.exec(typed) ?? [];
  const found = commands.find(({ command }) => command === word);
  return found && `${found.command} ${found.usageHint}`.trim();
}
