import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { falco, headline } from "./falco.ts";

const shell = recorded("falco-shell");

test("an event is a report with its sentence as title and its fields as context", () => {
  expect(parse(falco, shell)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "Reverse shell connects its standard input to a remote address",
        severity: "CRITICAL",
        detectionId: "Redirect STDOUT/STDIN to Network Connection in Container",
        logTypes: ["syscall"],
        reports: { "MITRE ATT&CK": ["T1059"] },
        description: shell.output,
        context: { hostname: "node-1", "fd.rip": "203.0.113.7", "proc.name": "bash" },
        occurredAt: new Date("2026-01-15T10:00:00.123Z"),
        event: shell,
      },
    },
  ]);
  expect(falco.eventId?.(shell)).toBe(shell.uuid);
});

test.each([
  ["16:31:56.746609046: Error File opened (user=root file=/bin/hack)", "File opened"],
  ["2026-01-15T10:00:00.123456789+0000: Notice Shell spawned | user=root", "Shell spawned"],
  [
    "Falco internal: syscall event drop. 7 calls dropped.",
    "Falco internal: syscall event drop. 7 calls dropped.",
  ],
  ["10:00:00.1: Warning Shell (bash) in a pod (pod=a)", "Shell (bash) in a pod"],
  ["(user=root)", "(user=root)"],
  [null, null],
])("the headline of %j is %j", (output, line) => {
  expect(headline(output)).toBe(line);
});

test.each([
  ["Emergency", "CRITICAL"],
  ["ALERT", "CRITICAL"],
  ["critical", "CRITICAL"],
  ["Error", "HIGH"],
  ["Warning", "MEDIUM"],
  ["Notice", "LOW"],
  ["Informational", "INFO"],
  ["Debug", "INFO"],
])("priority %s is %s", (priority, severity) => {
  expect(reportOf(falco, { ...shell, priority })).toMatchObject({ severity });
});

test("an unknown priority takes the source's default, with a warning", () => {
  const [item] = parse(falco, { ...shell, priority: "Loud" });
  expect(item).toMatchObject({ report: { severity: "LOW" }, warnings: [{ field: "severity" }] });
});

test("a repeat with another time, process and connection is the same alert", () => {
  const fields = {
    ...shell.output_fields,
    "evt.time": 1768471260,
    "proc.pid": 99,
    "fd.lport": 1,
    "fd.name": "10.1.0.5:50000->203.0.113.7:4444",
  };
  const later = {
    ...shell,
    uuid: "another",
    time: "2026-01-15T10:01:00Z",
    output: shell.output.replace("10:00", "10:01"),
    output_fields: fields,
  };
  expect(sameAlert(falco, shell, later)).toBe(true);
});

test.each([
  ["host", { hostname: "node-2" }],
  ["container", { output_fields: { ...shell.output_fields, "container.id": "b2" } }],
  ["address", { output_fields: { ...shell.output_fields, "fd.rip": "198.51.100.9" } }],
  ["user", { output_fields: { ...shell.output_fields, "user.name": "eve" } }],
  ["rule", { rule: "Terminal shell in container" }],
])("another %s is another alert", (_, change) => {
  expect(sameAlert(falco, shell, { ...shell, ...change })).toBe(false);
});

test("nulls, old events and odd fields do no harm", () => {
  const old = { rule: "Write below etc", priority: "Error", output_fields: null, tags: "file" };
  expect(reportOf(falco, old)).toMatchObject({ title: "Write below etc", tags: ["file"], context: {} });
  expect(parse(falco, { priority: "Error" })).toMatchObject([{ ok: false }]);
});
