import { describe, expect, test } from "vitest";
import { anAlert } from "../../../test/builders/an-alert.ts";
import { fillLink, linkFault } from "./link-template.ts";

describe("a link button's URL", () => {
  const alert = anAlert({
    title: "Impossible travel",
    context: {
      user: "eve@acme.example",
      actor: { ips: ["203.0.113.7"], mfa: false, note: " ", none: null },
      "host.name": "vpn-3",
      host: { os: { name: "linux" } },
    },
  });
  const fill = (fields: string) => fillLink(`https://siem.acme.example/a/${fields}`, alert);

  test.each([
    ["{number}/{severity}/{id}", "1042/HIGH/0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f"],
    ["?t={title}&d={detection}", "?t=Impossible%20travel&d=Okta.ImpossibleTravel"],
    ["?from={time}", "?from=2026-11-24T13%3A02%3A00.000Z"],
    ["?l={logType}&d={detection.id}", "?l=Okta.SystemLog&d=okta-impossible-travel"],
    ["?u={ context.user }#{source}", "?u=eve%40acme.example#Okta"],
    ["{context.actor.ips[0]}", "203.0.113.7"],
    ["{context.actor.ips.0}", "203.0.113.7"],
    ["{context.actor.mfa}", "false"],
    ["{context.host.name}", "vpn-3"],
    ["{context.host.os.name}", "linux"],
    ["no/field", "no/field"],
  ])("the fields in %s are filled in", (fields, expected) => {
    expect(fill(fields)).toBe(`https://siem.acme.example/a/${expected}`);
  });

  test.each([
    "{context.nothing}",
    "{context.user.name}",
    "{context.actor}",
    "{context.actor.none}",
    "{context.actor.note}",
    "{context.actor.ips.length}",
    "{context.actor.ips[1]}",
    "{context.constructor.name}",
    "{context.__proto__.x}",
    "{reports}",
  ])("the button is hidden when %s has no value", (field) => expect(fill(field)).toBeNull());

  const hostile = (
    user: unknown,
    template = "https://siem.acme.example/a/{context.user}/b?q={context.user}",
  ) => fillLink(template, anAlert({ context: { user } }));
  test.each([
    ["/../../admin", "%2F..%2F..%2Fadmin"],
    ["a?b=c&d=e#f", "a%3Fb%3Dc%26d%3De%23f"],
    ["@evil.example", "%40evil.example"],
    ["\\evil.example", "%5Cevil.example"],
    ["a\r\nSet-Cookie: b", "a%0D%0ASet-Cookie%3A%20b"],
    ["\u202Efdp.exe\u200B", "%E2%80%AEfdp.exe%E2%80%8B"],
    ["'(*)!~", "%27%28%2A%29%21~"],
    ["%2e%2e%2f", "%252e%252e%252f"],
    ["\uD800x\0", "%EF%BF%BDx%00"],
    ["{title}", "%7Btitle%7D"],
    ["<!channel>|x", "%3C%21channel%3E%7Cx"],
    ["...", "..."],
  ])("the value %j is encoded and stays one value", (value, expected) => {
    expect(hostile(value)).toBe(`https://siem.acme.example/a/${expected}/b?q=${expected}`);
  });

  test.each(["..", ".", "x".repeat(10_000), "é".repeat(600)])(
    "the button is hidden for %.20s, which changes the path or is too long",
    (value) => expect(hostile(value)).toBeNull(),
  );
  test("the button is hidden when filling makes a .. segment in the path, not in the query", () => {
    expect(hostile(".", "https://siem.acme.example/a/.{context.user}/b")).toBeNull();
    expect(hostile(".", "https://siem.acme.example/a/%2E{context.user}/b")).toBeNull();
    expect(hostile("..", "https://siem.acme.example/?q={context.user}")).toMatch(/q=\.\.$/);
  });
});

test.each([
  ["javascript:alert(1)", "must begin with https:// or http://"],
  ["{title}", "must begin with https:// or http://"],
  ["https://{context.host}/", "scheme, host and port must be the same"],
  ["https://siem.example{title}/", "scheme, host and port must be the same"],
  ["https://siem.example:{number}/", "scheme, host and port must be the same"],
  ["https://{title}@siem.example/", "scheme, host and port must be the same"],
  ["https://siem.example/{nothing}", "there is no field {nothing}"],
  ["https://siem.example/{constructor}", "there is no field {constructor}"],
  ["https://siem.example/{context}", "there is no field {context}"],
  ["https://siem.example/{context..a}", "there is no field {context..a}"],
  ["https://siem.example/{}", "there is no field {}"],
  ["https://siem.example/{title", "there is no field {title"],
  ["https://siem.example/a}", "there is no field }"],
  ["https://siem.example/{{title}}", "there is no field {"],
  ["https://siem.example/a b", "write %20"],
  ["https://siem.example/\u202Ea", "write %20"],
  ["https://ev\til.example/", "write %20"],
  ["https://ada:secret@siem.example/", "must not contain a user name"],
  ["https://siem.example/a/../b", "must not contain the segments"],
  ["https://siem/{title}", "host must contain a dot"],
  ["https://", "not a valid URL"],
])("%s is refused as a link button's URL with a reason", (url, why) => {
  expect(linkFault(url)).toContain(why);
});

test.each([
  "https://siem.acme.example/alerts/{number}?user={context.actor.ips[0]}#{title}",
  "HTTP://10.0.0.5:8080/{context.a b}",
  "https://siem.acme.example",
])("%s is accepted as a link button's URL", (url) => expect(linkFault(url)).toBeNull());
