import fc from "fast-check";
import { type Alert, alertTypes, severities, statuses } from "../../src/alert/alert.ts";
import { anAlert } from "./an-alert.ts";

const pieces = fc.constantFrom(
  ..."<!channel> <!here> <@U1> <!subteam^S1> <https://evil.example|click> *bold* _it_ ~no~ `code` ```pre``` &lt; &amp;".split(
    " ",
  ),
  ..."😀 👩‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 é 漢 <b>html</b> javascript:alert(1) @everyone #general :smile: http://x.example/ | > < &".split(
    " ",
  ),
  ..."\u202E|\u2066|\u200B|\u200D|\uFEFF|\uD800|\uDC00|\0|\x1b[31m|\r\n|\n|\t|\u2028| |\u3164|\u{E0041}".split(
    "|",
  ),
);

/** Text as an attacker would send it, from empty to 100,000 characters. */
const nasty = fc.oneof(
  { weight: 40, arbitrary: fc.array(pieces, { maxLength: 12 }).map((found) => found.join("")) },
  {
    weight: 9,
    arbitrary: fc
      .array(fc.nat({ max: 0x10ffff }), { maxLength: 100 })
      .map((codes) => String.fromCodePoint(...codes)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(pieces, fc.integer({ min: 100, max: 100_000 }))
      .map(([piece, length]) => repeated(piece, length)),
  },
);

function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / Math.max(1, piece.length)));
}

const address = fc.oneof(
  nasty,
  nasty.map((text) => `https://wiki.example/${text}`),
  nasty.map((text) => `https://wiki.example/?q=${text}`),
  nasty.map((text) => `https://${text}.example/`),
  fc.constantFrom(
    "https://wiki.example/a_b?c=<d>&e=%20#f|g",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://аpple.example/",
    "https://a:b@c.example/",
  ),
);
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const person = fc.record({ id: fc.uuid(), email: nasty, name: nasty });
const by = fc.record({
  type: fc.constantFrom("user" as const, "source" as const, "system" as const),
  name: nasty,
});
const time = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });

/** Alerts whose texts all come from an attacker. */
export const hostileAlert: fc.Arbitrary<Alert> = fc
  .record({
    title: nasty,
    severity: fc.constantFrom(...severities),
    status: fc.constantFrom(...statuses),
    type: fc.constantFrom(...alertTypes),
    source: fc.record({ id: fc.uuid(), name: nasty, kind: nasty }),
    detection: maybe(fc.record({ id: nasty, name: maybe(nasty) })),
    logTypes: fc.array(nasty, { maxLength: 6 }),
    tags: fc.oneof(
      fc.array(nasty, { maxLength: 3 }),
      nasty.map((tag) => Array<string>(500).fill(tag.slice(0, 50))),
    ),
    reports: fc.dictionary(nasty, fc.array(nasty, { maxLength: 2 }), { maxKeys: 3 }),
    description: maybe(nasty),
    runbook: maybe(address),
    reference: maybe(address),
    context: fc.dictionary(nasty, nasty, { maxKeys: 3 }),
    eventCount: fc.nat(),
    reportedAgain: fc.boolean(),
    silencedBy: fc.constant(null),
    number: fc.nat(),
    version: fc.nat({ max: 1_000_000 }),
    assignee: maybe(person),
    createdAt: time,
    statusSet: maybe(
      fc.record({ by: by.map((who) => ({ ...who, id: null })), via: nasty, at: time, comment: maybe(nasty) }),
    ),
  })
  .map(anAlert);

export { nasty as hostileText };
