import { expect, test } from "vitest";
import { distinguishingFields } from "./distinguishing-fields.ts";

type Context = Record<string, unknown>;

function shown(context: Context, others: Context[], more: { title?: string; chosen?: string[] } = {}) {
  const { title = "Disk full", chosen = [] } = more;
  const fields = distinguishingFields({ title, context, others, chosen });
  return fields.map(({ name, value }) => `${name} ${value}`).join(" · ");
}

const labels = { alertname: "TargetDown", severity: "warning", instance: "api-1:9100", job: "node" };

test.each<[string, Context, Context, string]>([
  [
    "the label that differs comes first, then who and where",
    { labels },
    { labels: { ...labels, instance: "db-1:9100" } },
    "instance api-1:9100",
  ],
  [
    "host, user and source IP",
    { source: { ip: "203.0.113.7" }, user: { name: "eve" }, host: { name: "web-9" }, event: { id: "1" } },
    { source: { ip: "203.0.113.9" }, user: { name: "eve" }, host: { name: "web-8" }, event: { id: "2" } },
    "host web-9 · source IP 203.0.113.7 · user eve",
  ],
  [
    "an unknown name that differs, before a host that does not",
    { host: "web-1", tier: "gold" },
    { host: "web-1", tier: "iron" },
    "tier gold · host web-1",
  ],
  ["a field that the other lacks", { agent: "(001) - web-1" }, {}, "host (001) - web-1"],
  ["a list of texts", { hosts: ["a", "b"] }, { hosts: ["a"] }, "hosts a, b"],
  [
    "no times, ids, measurements, addresses and long texts",
    {
      startedAt: "2026-11-29T10:00:00Z",
      eventId: "77",
      load: 0.93,
      link: "https://acme.example/1",
      summary: "a",
      note: "x".repeat(90),
      trace: "5f0c9a7be1d24c1188aa",
    },
    { startedAt: "x", eventId: "x", load: 1, link: "x", summary: "x", note: "x", trace: "x" },
    "",
  ],
  ["a value once", { pod: "p-1", labels: { pod: "p-1" } }, { pod: "p-2" }, "pod p-1"],
  ["nothing where all is the same", { tier: "gold" }, { tier: "gold" }, ""],
])("a card shows %s", (_, context, other, expected) => {
  expect(shown(context, [other])).toBe(expected);
});

test("nothing is shown without another alert of the same title", () => {
  expect(shown({ labels }, [])).toBe("");
});

test("what the title says is not shown again", () => {
  expect(shown({ host: "web-1", user: "eve" }, [{}], { title: "Disk full on web-1" })).toBe("user eve");
});

test("a field that differs from any of the others is shown", () => {
  expect(
    shown({ host: "a", zone: "z" }, [
      { host: "a", zone: "y" },
      { host: "b", zone: "z" },
    ]),
  ).toBe("host a · zone z");
});

test("a source's own choice is shown by path or its end, in its order, whether it differs or not", () => {
  const chosen = ["Labels.Job", "severity", "no.such"];
  expect(shown({ labels }, [{ labels }], { chosen })).toBe("job node · severity warning");
  expect(shown({ labels }, [{ labels: {} }], { chosen: ["no.such"] })).toContain("instance api-1:9100");
});

test("a context of 100,000 values is searched only at its top", () => {
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`k${n}`, { tier: `t${n}` }]));
  expect(shown({ ...many, last: { host: "web-1" } }, [{}])).toBe("tier t0 · tier t1 · tier t2");
});
