import { type Disposition, dispositionText, type GivenDisposition } from "../alert/disposition.ts";
import { listText } from "./wording.ts";

/** What an alert was resolved as. */
const nouns: Partial<Record<Disposition, string>> = {
  TRUE_POSITIVE: "a true positive",
  FALSE_POSITIVE: "a false positive",
};

/** The end of "resolved the alert": ` as a false positive`; empty without a disposition. */
export function asDisposition(given: GivenDisposition): string {
  const { disposition, duplicateOf } = given;
  if (disposition === null || disposition === "OTHER") return inBrackets(given);
  if (disposition === "DUPLICATE") return ` as a duplicate of #${duplicateOf}`;
  return ` as ${nouns[disposition] ?? dispositionText(given)}`;
}

/** After a phrase that can't be followed by another "as". */
export function inBrackets(given: GivenDisposition): string {
  return given.disposition === null ? "" : ` (${dispositionText(given)})`;
}

export function dispositionChanged(
  who: string,
  { from, to }: { from: GivenDisposition; to: GivenDisposition },
): string {
  if (to.disposition === null) return `${who} removed the disposition ${dispositionText(from)}`;
  if (from.disposition === null) return `${who} set the disposition to ${dispositionText(to)}`;
  return `${who} changed the disposition from ${dispositionText(from)} to ${dispositionText(to)}`;
}

export function tagsChanged(added: string[], removed: string[]): string {
  const more = added.length > 0 ? `added the ${tagList(added)}` : "";
  const fewer = removed.length > 0 ? `removed the ${tagList(removed)}` : "";
  return [more, fewer].filter(Boolean).join(" and ");
}

function tagList(tags: string[]): string {
  return `${tags.length === 1 ? "tag" : "tags"} ${listText(tags.map((tag) => `“${tag}”`))}`;
}
