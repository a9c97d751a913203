import { expect, test } from "vitest";
import { entitiesOf } from "./entities.ts";
import { rank } from "./find-seen-before.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 14, minute));

test("alerts with most in common come first, then the newest", () => {
  const found = [
    { id: "a", hash: null, createdAt: at(9) },
    { id: "b", hash: "1", createdAt: at(1) },
    { id: "b", hash: "2", createdAt: at(1) },
    { id: "c", hash: "1", createdAt: at(5) },
  ];
  expect(rank(found, 2)).toEqual({
    best: [
      { id: "b", hashes: ["1", "2"] },
      { id: "a", hashes: [null] },
    ],
    more: true,
  });
});

test("the same user, host or address has the same hash in any case and any field, and another kind another", () => {
  const hashes = (context: object) => entitiesOf({ ...context }).map(({ hash }) => hash);
  expect(hashes({ user: "Eve@acme.example" })).toEqual(hashes({ actor: { email: "eve@ACME.example" } }));
  expect(hashes({ user: "web-9" })).not.toEqual(hashes({ host: "web-9" }));
  expect(hashes({ host: "web-9" })[0]).toMatch(/^-?\d{1,19}$/);
});

test("three of each kind count", () => {
  const ips = Array.from({ length: 20 }, (_, n) => `10.0.0.${n}`);
  expect(entitiesOf({ ips }).map(({ value }) => value)).toEqual(["10.0.0.0", "10.0.0.1", "10.0.0.2"]);
});
