import type { FieldChange } from "./compare.ts";
import type { Plan, Step } from "./plan.ts";

/** The plan for people: what will be created, changed and deleted, without the value of a secret. */
export function planText({ steps, kept, skipped }: Plan): string[] {
  const lines = steps.flatMap((step) => [
    stepText(step),
    ...step.fields.map((change) => `    ${changeText(change, step)}`),
  ]);
  for (const { section, title, why } of skipped)
    lines.push(`  leave out ${section.one} ${shown(title)}: ${why}`);
  for (const { section, titles } of kept)
    lines.push(
      `  Not in the file, and left as they are (--prune deletes them): ${section.name} ${titles.map(shown).join(", ")}`,
    );
  return [...lines, summary(steps)];
}

/** `+ create source Okta (native)` */
export function stepText({ section, title, current, isRemoval }: Step): string {
  const what = [section.one, shown(title)].filter(Boolean).join(" ");
  if (!current) return `+ create ${what}`;
  if (!isRemoval) return `~ change ${what}`;
  return `- ${section.reset ? "reset" : "delete"} ${what}: ${section.removal}`;
}

function changeText(change: FieldChange, { current }: Step): string {
  if (change.kind === "secret") {
    const where = change.where === null ? "" : `, ${shown(change.where)}`;
    return `${shown(change.field)}: ${change.how}${where}`;
  }
  const to = valueText(change.to);
  return `${change.field}: ${current ? `${valueText(change.from)} → ${to}` : to}`;
}

function summary(steps: readonly Step[]): string {
  if (steps.length === 0) return "Nothing has to change.";
  const created = steps.filter(({ current }) => !current).length;
  const deleted = steps.filter(({ isRemoval }) => isRemoval).length;
  const changed = steps.length - created - deleted;
  return `${created} to create, ${changed} to change, ${deleted} to delete.`;
}

function valueText(value: unknown): string {
  if (typeof value === "string")
    return /^[\w.,:;/ @#+-]+$/.test(value) ? value : shown(JSON.stringify(value));
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return value.length > 0 ? value.map(valueText).join(", ") : "none";
  return shown(JSON.stringify(value ?? null));
}

/** Names come from outside, too: what would move the cursor or turn the text around is written as its code. */
export function shown(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
