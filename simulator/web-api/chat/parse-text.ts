import type { Workspace } from "../../workspace/workspace.ts";

/** How Slack treats a text: as it is, as typed by a person, or with all names made live. */
export type Parse = "none" | "client" | "full";

type Asked = { parse: Parse; linkNames: boolean };

const outsideOfLinks = (text: string, change: (part: string) => string) =>
  text
    .split(/(<[^<>]*>)/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join("");

const linkUrls = (text: string) => text.replace(/\bhttps?:\/\/[^\s<>|]+[^\s<>|.,;:!?)]/g, "<$&>");

const linkChannels = ({ channels }: Workspace, text: string) =>
  text.replace(/(?<![\w&/])#([a-z0-9_-]+)/g, (all, name) => {
    const found = [...channels.values()].find((one) => one.name === name && one.kind === "public");
    return found ? `<#${found.id}|${name}>` : all;
  });

const linkPeople = ({ users }: Workspace, text: string) =>
  text.replace(/(?<![\w/])@([\w.-]+)/g, (all, name) => {
    if (["here", "channel", "everyone"].includes(name)) return `<!${name}>`;
    const found = [...users.values()].find((one) => one.name === name);
    return found ? `<@${found.id}>` : all;
  });

/**
 * A message's text as Slack keeps it. `client` is what chat.update takes when nothing is given: links and channels
 * come alive in text that was posted as it is. `full` and `link_names` make mentions of names, too.
 */
export function parseText(workspace: Workspace, text: string, { parse, linkNames }: Asked): string {
  const isTyped = parse !== "none";
  if (!isTyped && !linkNames) return text;
  return outsideOfLinks(text, (part) => {
    const linked = isTyped ? linkUrls(part) : part;
    return outsideOfLinks(linked, (rest) => {
      const named = isTyped || linkNames ? linkChannels(workspace, rest) : rest;
      return parse === "full" || linkNames ? linkPeople(workspace, named) : named;
    });
  });
}
