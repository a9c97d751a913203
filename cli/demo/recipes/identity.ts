import { attack, native, people, type Recipe } from "./recipe.ts";

const logTypes = ["Okta.SystemLog"];

export const impossibleTravel: Recipe = {
  severity: "HIGH",
  timesAWeek: 4,
  mostEvents: 4,
  endings: [
    ["RESOLVED", "On the VPN's exit in Frankfurt, confirmed with Eve"],
    ["CLOSED", "The mobile carrier's address is listed in the wrong country"],
  ],
  tell(turn) {
    const user = turn.one(people);
    const [from, to] = turn.one([
      ["Berlin", "Lima"],
      ["Hamburg", "Singapore"],
      ["Vienna", "Toronto"],
    ]);
    const minutes = turn.whole(18, 55);
    return native(turn, {
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
        from: { city: from, address: turn.address(), client: "Firefox 145 on Windows" },
        to: { city: to, address: turn.address(), client: "Chrome 142 on Linux" },
        minutes,
        factor: "Okta Verify push",
      },
    });
  },
};

export const mfaFatigue: Recipe = {
  severity: "HIGH",
  timesAWeek: 2,
  mostEvents: 9,
  endings: [["RESOLVED", "Grace's old phone kept asking; removed the factor"]],
  tell(turn) {
    const user = turn.one(people);
    const prompts = turn.whole(8, 23);
    return native(turn, {
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
        address: turn.address(),
        country: turn.one(["NL", "BR", "VN"]),
      },
    });
  },
};

export const newDevice: Recipe = {
  severity: "LOW",
  timesAWeek: 7,
  mostEvents: 1,
  endings: [
    ["RESOLVED", "New laptop, in the inventory since Monday"],
    ["RESOLVED", "Asked; it was them"],
  ],
  tell(turn) {
    const user = turn.one(people);
    const device = turn.one(["Safari on an iPhone", "Chrome on a Chromebook", "Firefox on Windows 11"]);
    return native(turn, {
      title: `First sign-in of ${user} from ${device}`,
      severity: "LOW",
      detection: { id: "Okta.NewDevice", name: "Sign-in from a new device" },
      logTypes,
      tags: ["identity"],
      description: "A device that this account has not used in the last 90 days.",
      runbook: "Nothing to do if the inventory knows the device. Else ask its owner.",
      context: { user, device, address: turn.address(), city: turn.one(["Berlin", "Hamburg", "Vienna"]) },
    });
  },
};

export const passwordSpraying: Recipe = {
  severity: "MEDIUM",
  timesAWeek: 4,
  mostEvents: 40,
  endings: [
    ["RESOLVED", "No account got in. The address is blocked in Okta's network zone"],
    ["RESOLVED", "Same botnet as on Tuesday, no success"],
  ],
  tell(turn) {
    const address = turn.address();
    const accounts = turn.whole(30, 240);
    return native(turn, {
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
  timesAWeek: 3,
  mostEvents: 1,
  endings: [],
  tell(turn) {
    const policy = turn.one(["Contractors", "Everyone", "Administrators"]);
    return native(turn, {
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
