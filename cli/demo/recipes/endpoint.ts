import { attack, laptops, native, type Recipe } from "./recipe.ts";

export const memoryRead: Recipe = {
  severity: "HIGH",
  perWeek: 2,
  maxEvents: 5,
  endings: [["FALSE_POSITIVE", "The new version of the backup agent reads it, as the vendor has confirmed"]],
  makeReport(occurrence) {
    const host = occurrence.pick(laptops);
    return native(occurrence, {
      title: `A process on ${host} read the memory of lsass.exe`,
      severity: "HIGH",
      detection: { id: "EDR.CredentialDumping", name: "Credential dumping" },
      logTypes: ["Endpoint.Detections"],
      tags: ["endpoint", "credentials"],
      reports: attack("T1003.001"),
      description:
        "An unsigned process opened lsass.exe with the right to read its memory, where passwords and tickets are.",
      runbook:
        "1. Isolate the host.\n2. Save its memory before you restart it.\n3. Reset the passwords of everybody who was signed in.",
      context: {
        host,
        process: { name: "bckagnt.exe", path: "C:\\ProgramData\\bck\\bckagnt.exe", signed: false },
        parent: "services.exe",
        grantedAccess: "0x1410",
      },
    });
  },
};

export const usbStorage: Recipe = {
  severity: "LOW",
  perWeek: 5,
  maxEvents: 3,
  endings: [
    ["BENIGN", "Photos of the trade fair"],
    ["BENIGN", "An encrypted USB stick of the company"],
  ],
  makeReport(occurrence) {
    const host = occurrence.pick(laptops);
    const files = occurrence.integer(3, 900);
    return native(occurrence, {
      title: `${files} files were copied from ${host} to a USB stick`,
      severity: "LOW",
      detection: { id: "EDR.UsbStorage", name: "Files to removable storage" },
      logTypes: ["Endpoint.Devices"],
      tags: ["endpoint", "data loss"],
      reports: attack("T1052.001"),
      description: "Removable storage is allowed, but each use is reviewed.",
      runbook: "Check the names of the files. If they are customer data, ask the person today.",
      context: { host, files, megabytes: files * 3, device: { vendor: "SanDisk", encrypted: true } },
    });
  },
};

export const fileChanged: Recipe = {
  severity: "MEDIUM",
  perWeek: 4,
  maxEvents: 1,
  endings: [["BENIGN", "Last night's unattended upgrade"]],
  makeReport(occurrence) {
    const host = occurrence.pick(["web-1", "web-2", "db-1", "bastion"]);
    const file = occurrence.pick(["/etc/ssh/sshd_config", "/etc/sudoers.d/ops", "/usr/bin/ssh"]);
    return wazuh({
      title: "Integrity checksum changed.",
      text: `File '${file}' modified. Mode: realtime. Changed attributes: size, mtime, sha256.`,
      fields: { Agent: host, Location: "syscheck", "Rule ID": "550 (Level 7)" },
    });
  },
};

export const sshGuessing: Recipe = {
  severity: "MEDIUM",
  perWeek: 3,
  maxEvents: 25,
  endings: [["TRUE_POSITIVE", "Blocked by fail2ban. Nobody got in"]],
  makeReport(occurrence) {
    const address = occurrence.ipAddress();
    return wazuh({
      title: "sshd: Attempt to login using a non-existent user",
      text: `Invalid user admin from ${address} port ${occurrence.integer(32_768, 60_999)}`,
      fields: { Agent: "bastion", Location: "/var/log/auth.log", "Rule ID": "5712 (Level 10)" },
    });
  },
};

/** The message that Wazuh's Slack integration posts. */
function wazuh({ title, text, fields }: { title: string; text: string; fields: Record<string, string> }) {
  const shown = Object.entries(fields).map(([name, value]) => ({ title: name, value, short: true }));
  const attachment = { color: "warning", pretext: "WAZUH Alert", title, text, fields: shown };
  return { kind: "slack-webhook", body: { attachments: [attachment] } } as const;
}
