import type { Workspace } from "../../workspace/workspace.ts";

/** How Slack parses a text: not at all, as if a person typed it, or with all names linked. */
export type Parse = "none" | "client" | "full";

type ParseOptions = { parse: Parse; linkNames: boolean };

const mapOutsideLinks = (text: string, change: (part: string) => string) =>
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
 * The text of a message as Slack stores it. `client`, the default of chat.update, links URLs and channels; `full` and
 * `link_names` also link people.
 */
export function parseText(workspace: Workspace, text: string, { parse, linkNames }: ParseOptions): string {
  const isTyped = parse !== "none";
  if (!isTyped && !linkNames) return text;
  return mapOutsideLinks(text, (part) => {
    const linked = isTyped ? linkUrls(part) : part;
    return mapOutsideLinks(linked, (rest) => {
      const named = isTyped || linkNames ? linkChannels(workspace, rest) : rest;
      return parse === "full" || linkNames ? linkPeople(workspace, named) : named;
    });
  });
}
