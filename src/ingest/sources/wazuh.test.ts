import { expect, test } from "vitest";
import { parse, recorded, reportOf, sameAlert } from "../../../test/builders/parsed.ts";
import { wazuh } from "./wazuh.ts";

const ssh = recorded("wazuh-ssh");

test("an alert is a report with rule, agent, data and MITRE ATT&CK", () => {
  expect(parse(wazuh, ssh)).toMatchObject([
    {
      ok: true,
      report: {
        says: "firing",
        title: "sshd: brute force trying to get access to the system",
        severity: "MEDIUM",
        detectionId: "5712",
        identity: {
          kind: "windowed",
          dedupString: expect.stringContaining("agent=web-1, srcip=203.0.113.7"),
        },
        logTypes: ["sshd"],
        tags: ["syslog", "sshd", "authentication_failures"],
        reports: { "MITRE ATT&CK": ["T1110"] },
        description: ssh.full_log,
        context: { agent: ssh.agent, data: ssh.data, tactics: ["Credential Access"], manager: "wazuh-1" },
        occurredAt: new Date("2026-01-15T10:00:00.482Z"),
        event: ssh,
      },
    },
  ]);
});

test.each([
  [0, "INFO"],
  [3, "INFO"],
  ["4", "LOW"],
  [6, "LOW"],
  [7, "MEDIUM"],
  [11, "MEDIUM"],
  [12, "HIGH"],
  ["14", "HIGH"],
  [15, "CRITICAL"],
  [16, "CRITICAL"],
])("level %j is %s", (level, severity) => {
  expect(reportOf(wazuh, { ...ssh, rule: { ...ssh.rule, level } })).toMatchObject({ severity });
});

test.each([[null], ["high up"], [{}]])("level %j takes the source's default, with a warning", (level) => {
  const [item] = parse(wazuh, { ...ssh, rule: { ...ssh.rule, level } });
  expect(item).toMatchObject({ report: { severity: "LOW" } });
  expect(item?.ok && item.warnings?.map(({ field }) => field)).toContain("severity");
});

test("a repeat with another time, id, port and counter is the same alert", () => {
  const later = {
    ...ssh,
    id: "1768471260.50001",
    timestamp: "2026-01-15T10:01:00.000+0000",
    rule: { ...ssh.rule, firedtimes: 4 },
    data: { ...ssh.data, srcport: "50999" },
    full_log: "Jan 15 10:01:00 web-1 sshd[915]: Invalid user admin from 203.0.113.7 port 50999",
  };
  expect(sameAlert(wazuh, ssh, later)).toBe(true);
  expect(wazuh.eventId?.(ssh)).not.toBe(wazuh.eventId?.(later));
});

test.each([
  ["agent", { agent: { id: "002", name: "web-2" } }],
  ["address", { data: { ...ssh.data, srcip: "198.51.100.9" } }],
  ["user", { data: { ...ssh.data, srcuser: "root" } }],
  ["rule", { rule: { ...ssh.rule, id: "5763" } }],
  ["file", { syscheck: { path: "/etc/passwd" } }],
])("another %s is another alert", (_, change) => {
  expect(sameAlert(wazuh, ssh, { ...ssh, ...change })).toBe(false);
});

test("a rule's id may be a number, and a description may be missing", () => {
  expect(reportOf(wazuh, recorded("wazuh-2017"))).toMatchObject({ detectionId: "502", severity: "INFO" });
  expect(reportOf(wazuh, { rule: { id: 502 } })).toMatchObject({ title: "Wazuh rule 502" });
  expect(reportOf(wazuh, { rule: {} })).toMatchObject({ title: "My source" });
});

test("managers' ids are told apart, and an alert without an id has none", () => {
  expect(wazuh.eventId?.(ssh)).not.toBe(wazuh.eventId?.({ ...ssh, manager: { name: "wazuh-2" } }));
  expect(wazuh.eventId?.({ ...ssh, id: null })).toBeNull();
  expect(wazuh.eventId?.("hello")).toBeNull();
});

test.each([["hello"], [{}], [{ rule: "5712" }]])("%j is refused", (body) => {
  expect(parse(wazuh, body)).toMatchObject([{ ok: false, expected: expect.stringContaining("alert") }]);
});
