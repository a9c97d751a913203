import { expect, test } from "vitest";
import { recorded, reportsOf } from "../../../test/parse-recorded.ts";
import { okta } from "./okta.ts";

const hook = recorded("okta-event-hook");
const [locked] = hook.data.events;
const parse = (event: object) => reportsOf(okta, { ...hook, data: { events: [{ ...locked, ...event }] } })[0];

test("each event of a hook is a report, named after who it is about", () => {
  expect(reportsOf(okta, hook)).toMatchObject([
    {
      says: "firing",
      title: "Max sign in attempts exceeded: eve@acme.example",
      severity: "MEDIUM",
      detectionId: "user.account.lock",
      detectionName: "Max sign in attempts exceeded",
      description: "LOCKED_OUT",
      context: { actor: { alternateId: "eve@acme.example" }, client: { ipAddress: "192.0.2.7" } },
      occurredAt: new Date("2026-03-02T10:15:00.770Z"),
    },
    { title: "Reset factor for user: mallory@acme.example", severity: "INFO" },
  ]);
});

test("the same event of other people or with another outcome is another alert, a later one is not", () => {
  const same = parse({ uuid: "other", published: "2026-03-02T11:00:00Z" })?.identity;
  expect(same).toEqual(parse({})?.identity);
  for (const other of [
    { actor: { alternateId: "bob@acme.example" } },
    { target: [{ alternateId: "bob@acme.example" }] },
    { outcome: { result: "SUCCESS" } },
    { eventType: "user.account.unlock" },
  ])
    expect(parse(other)?.identity, JSON.stringify(other)).not.toEqual(same);
});

test("an odd event is a report or refused, and its neighbours are taken", () => {
  const items = okta.parse(
    { data: { events: [null, locked, "x", {}] } },
    { name: "Okta", defaultSeverity: "LOW" },
  );
  expect(items.map(({ ok }) => ok)).toEqual([false, true, false, true]);
  expect(parse({ severity: "LOUD", target: "x", actor: 7 })).toMatchObject({
    severity: "MEDIUM",
    warnings: expect.arrayContaining(
      ["severity", "target", "actor"].map((field) => expect.objectContaining({ field })),
    ),
  });
});

test("only a challenge of sane length is answered, by itself", () => {
  expect(okta.answerGet?.({ "x-okta-verification-challenge": "abc" })).toEqual({ verification: "abc" });
  expect(okta.answerGet?.({})).toBeNull();
  expect(okta.answerGet?.({ "x-okta-verification-challenge": "x".repeat(1001) })).toBeNull();
});
