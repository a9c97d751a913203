import { expect, test } from "vitest";
import { frameworkLink } from "./framework-link.ts";

test.each([
  ["MITRE ATT&CK", "T1078", "https://attack.mitre.org/techniques/T1078/"],
  ["mitre_attack", "T1078.004", "https://attack.mitre.org/techniques/T1078/004/"],
  ["MITRE ATT&CK", "TA0001", "https://attack.mitre.org/tactics/TA0001/"],
  ["MITRE ATT&CK", "T1078.4", null],
  ["MITRE ATT&CK", "Valid accounts", null],
  ["MITRE ATT&CK", "T1078/../../x", null],
  ["NIST 800-53", "T1078", null],
])("the id of %s that is %s leads to %s", (framework, id, link) => {
  expect(frameworkLink(framework, id)).toBe(link);
});
