import { isObject } from "../../fields/read-fields.ts";
import { shownValue, type ToPlain } from "./slack-message.ts";

/** The text of Block Kit blocks, line by line. Unknown blocks are ignored. */
export function blockText(blocks: readonly unknown[], plain: ToPlain): string {
  return blocks
    .flatMap((block) => linesOf(block, plain))
    .filter(Boolean)
    .join("\n");
}

function linesOf(block: unknown, plain: ToPlain): string[] {
  if (!isObject(block)) return [];
  const textObject = (given: unknown) => textOf(given, plain);
  switch (block.type) {
    case "header":
      return [textObject(block.text)];
    case "section":
      return [
        textObject(block.text),
        ...list(block.fields).map((one) => fieldText(one, plain)),
        accessory(block, plain),
      ];
    case "context":
      return [list(block.elements).map(textObject).filter(Boolean).join(" ")];
    case "markdown":
      return [string(block.text)];
    case "image":
      return [textObject(block.title) || string(block.alt_text)];
    case "actions":
      return list(block.elements).map((one) => linkButton(one, plain));
    case "rich_text":
      return list(block.elements).flatMap((one) => richLines(one, plain));
    case "table":
      return list(block.rows).map((row) =>
        list(row)
          .map((cell) => cellText(cell, plain))
          .join(" · "),
      );
    default:
      return [];
  }
}

/** A field of a section that begins with a bold name, as tools write them: `*Name*` or `*Name:*`, then the value. */
const namedField = /^\*([^*\n]{1,100}?):?\*:?\s+(\S.*)$/s;

/** The fields of sections that have a name, in mrkdwn. */
export function namedFields(blocks: readonly unknown[]): { title: string; value: string }[] {
  const sections = blocks.filter(isObject).filter(({ type }) => type === "section");
  return sections.flatMap(({ fields }) => list(fields)).flatMap((field) => readNamed(field) ?? []);
}

function readNamed(field: unknown): { title: string; value: string } | null {
  const [, title, value] = namedField.exec(isObject(field) ? string(field.text) : "") ?? [];
  return title && value ? { title, value } : null;
}

function fieldText(field: unknown, plain: ToPlain): string {
  const named = readNamed(field);
  return named ? `${plain(named.title)}: ${plain(named.value)}` : textOf(field, plain);
}

function accessory({ accessory: given }: Record<string, unknown>, plain: ToPlain): string {
  return isObject(given) && given.type === "button" ? linkButton(given, plain) : textOf(given, plain);
}

function textOf(given: unknown, plain: ToPlain): string {
  if (!isObject(given)) return "";
  return given.type === "image" ? string(given.alt_text) : plain(string(given.text));
}

function linkButton(element: unknown, plain: ToPlain): string {
  if (!isObject(element) || !string(element.url)) return "";
  return plain(`<${string(element.url)}|${textOf(element.text, plain)}>`);
}

function cellText(cell: unknown, plain: ToPlain): string {
  if (!isObject(cell)) return "";
  return cell.type === "rich_text" ? linesOf(cell, plain).join(" ") : string(cell.text);
}

function richLines(element: unknown, plain: ToPlain): string[] {
  if (!isObject(element)) return [];
  const inner = list(element.elements);
  if (element.type === "rich_text_list") {
    return inner.flatMap((one) => richLines(one, plain)).map((line) => `- ${line}`);
  }
  return [inner.map((one) => richWord(one, plain)).join("")];
}

function richWord(element: unknown, plain: ToPlain): string {
  if (!isObject(element)) return "";
  switch (element.type) {
    case "text":
      return string(element.text);
    case "link":
      return plain(`<${string(element.url)}|${string(element.text)}>`);
    case "emoji":
      return `:${string(element.name)}:`;
    case "user":
      return `@${string(element.user_id)}`;
    case "usergroup":
      return `@${string(element.usergroup_id)}`;
    case "broadcast":
      return `@${string(element.range)}`;
    case "channel":
      return `#${string(element.channel_id)}`;
    default:
      return string(element.fallback) || string(element.value);
  }
}

function string(value: unknown): string {
  return typeof value === "object" ? "" : shownValue(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
