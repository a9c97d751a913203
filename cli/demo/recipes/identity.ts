import { attack, native, people, type Recipe } from "./recipe.ts";

const logTypes = ["Okta.SystemLog"];

export const impossibleTravel: Recipe = {
  severity: "HIGH",
  perWeek: 4,
  maxEvents: 4,
  endings: [
    ["BENIGN", "The VPN's exit in Frankfurt, confirmed with Eve"],
    ["FALSE_POSITIVE", "The mobile carrier's address is assigned to the wrong country"],
  ],
  makeReport(occurrence) {
    const user = occurrence.pick(people);
    const [from, to] = occurrence.pick([
      ["Berlin", "Lima"],
      ["Hamburg", "Singapore"],
      ["Vienna", "Toronto"],
    ]);
    const minutes = occurrence.integer(18, 55);
    return native(occurrence, {
      title: `Impossible travel for ${user}: ${from}, then ${to} ${minutes} minutes later`,
      severity: "HIGH",
      detection: { id: "Okta.ImpossibleTravel", name: "Impossible travel" },
      logTypes,
      tags: ["identity", "account takeover"],
      reports: attack("T1078.004"),
      description: `Two successful sign-ins of ${user} lie further apart than anybody can travel in ${minutes} minutes. The second came from an address that this account has never used.`,
      runbook:
        "1. Ask the person whether both sign-ins were theirs.\n2. If not: end all sessions in Okta, reset the password and the factors.\n3. Look for mail rules and API tokens made since the second sign-in.",
      context: {
        user,
        from: { city: from, address: occurrence.ipAddress(), client: "Firefox 145 on Windows" },
        to: { city: to, address: occurrence.ipAddress(), client: "Chrome 142 on Linux" },
        minutes,
        factor: "Okta Verify push",
      },
    });
  },
};

export const mfaFatigue: Recipe = {
  severity: "HIGH",
  perWeek: 2,
  maxEvents: 9,
  endings: [["BENIGN", "Grace's old phone kept asking; removed the factor"]],
  makeReport(occurrence) {
    const user = occurrence.pick(people);
    const prompts = occurrence.integer(8, 23);
    return native(occurrence, {
      title: `${prompts} sign-in prompts in 5 minutes for ${user}`,
      severity: "HIGH",
      detection: { id: "Okta.MfaFatigue", name: "Push fatigue" },
      logTypes,
      tags: ["identity"],
      reports: attack("T1621"),
      description: `Somebody who knows the password of ${user} has sent ${prompts} push prompts within five minutes; all but the last were denied or timed out.`,
      runbook: "https://runbooks.acme.example/identity/push-fatigue",
      context: {
        user,
        prompts,
        outcomes: { denied: prompts - 3, timedOut: 3 },
        address: occurrence.ipAddress(),
        country: occurrence.pick(["NL", "BR", "VN"]),
      },
    });
  },
};

export const newDevice: Recipe = {
  severity: "LOW",
  perWeek: 7,
  maxEvents: 1,
  endings: [
    ["BENIGN", "New laptop, in the inventory since Monday"],
    ["BENIGN", "Confirmed with the person"],
  ],
  makeReport(occurrence) {
    const user = occurrence.pick(people);
    const device = occurrence.pick([
      "Safari on an iPhone",
      "Chrome on a Chromebook",
      "Firefox on Windows 11",
    ]);
    return native(occurrence, {
      title: `First sign-in of ${user} from ${device}`,
      severity: "LOW",
      detection: { id: "Okta.NewDevice", name: "Sign-in from a new device" },
      logTypes,
      tags: ["identity"],
      description: "A device that this account has not used in the last 90 days.",
      runbook: "Nothing to do if the device is in the inventory. Otherwise ask its owner.",
      context: {
        user,
        device,
        address: occurrence.ipAddress(),
        city: occurrence.pick(["Berlin", "Hamburg", "Vienna"]),
      },
    });
  },
};

export const passwordSpraying: Recipe = {
  severity: "MEDIUM",
  perWeek: 4,
  maxEvents: 40,
  endings: [
    ["TRUE_POSITIVE", "No account got in. The address is blocked in Okta's network zone"],
    ["TRUE_POSITIVE", "Same botnet as on Tuesday, no success"],
  ],
  makeReport(occurrence) {
    const address = occurrence.ipAddress();
    const accounts = occurrence.integer(30, 240);
    return native(occurrence, {
      title: `Password spraying from ${address} against ${accounts} accounts`,
      severity: "MEDIUM",
      type: "SCHEDULED_RULE",
      detection: { id: "Okta.PasswordSpraying", name: "Password spraying" },
      logTypes,
      tags: ["identity", "external"],
      reports: attack("T1110.003"),
      description: `${address} tried one or two passwords on each of ${accounts} accounts within an hour.`,
      runbook:
        "Check that no attempt succeeded (`outcome.result eq SUCCESS`), then add the address to the blocked zone.",
      context: { address, accounts, attempts: accounts * 2, succeeded: 0, windowMinutes: 60 },
    });
  },
};

export const policyChanged: Recipe = {
  severity: "INFO",
  perWeek: 3,
  maxEvents: 1,
  endings: [],
  makeReport(occurrence) {
    const policy = occurrence.pick(["Contractors", "Everyone", "Administrators"]);
    return native(occurrence, {
      title: `Sign-on policy "${policy}" was changed`,
      severity: "INFO",
      detection: { id: "Okta.PolicyChanged", name: "Sign-on policy changed" },
      logTypes,
      tags: ["identity", "change"],
      description: "An administrator changed a rule of a sign-on policy.",
      runbook: "Compare with the change calendar.",
      context: { policy, by: "grace@acme.example", rule: "Require a second factor", was: "once a week" },
    });
  },
};
