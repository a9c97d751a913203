import { isDeepStrictEqual } from "node:util";

/** From what to what, by field. `from` is absent where it isn't known or may not be kept. */
export type Changes = Record<string, { from?: unknown; to: unknown }>;

type Values = Readonly<Record<string, unknown>>;

/** The fields of `after` with another value than in `before`; what `after` doesn't define stays as it is. */
export function changesBetween(before: Values, after: Values): Changes {
  const changed = Object.entries(after).filter(
    ([field, to]) => to !== undefined && !isDeepStrictEqual(asJson(before[field]), asJson(to)),
  );
  return Object.fromEntries(changed.map(([field, to]) => [field, { from: before[field] ?? null, to }]));
}

/** The fields of something new, or of a change that was refused, which says nothing of what they are now. */
export function wantedChanges(wanted: Values): Changes {
  const given = Object.entries(wanted).filter(([, to]) => to !== undefined);
  return Object.fromEntries(given.map(([field, to]) => [field, { to }]));
}

/** Dates and absent values as the audit log keeps them. */
function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
