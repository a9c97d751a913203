import type { ToolReport } from "../planned.ts";
import { attack, native, type Occurrence, type Recipe } from "./recipe.ts";

const cloudTrail = ["AWS.CloudTrail"];
const accounts = ["prod (4820…1907)", "staging (7731…0042)", "sandbox (1155…8260)"] as const;
const regions = ["eu-central-1", "eu-west-1"] as const;

export const rootSignIn: Recipe = {
  severity: "CRITICAL",
  perWeek: 2,
  maxEvents: 3,
  endings: [["BENIGN", "Planned: Grace closed the old billing contract, ticket CLOUD-311"]],
  makeReport(occurrence) {
    const account = occurrence.pick(accounts);
    return panther(occurrence, {
      id: "AWS.CloudTrail.RootConsoleLogin",
      name: "Root console sign-in",
      title: `Root user signed in to AWS account ${account}`,
      severity: "CRITICAL",
      description:
        "The root user of an AWS account signed in to the console. No policy can restrict root, and nobody needs it for daily work.",
      runbook:
        "Ask the account's owner by phone. If it was not planned: change the root password, remove its access keys, check the email address of the account.",
      tags: ["AWS", "privilege"],
      alertContext: {
        eventName: "ConsoleLogin",
        userIdentity: { type: "Root" },
        account,
        sourceIPAddress: occurrence.ipAddress(),
        additionalEventData: { MFAUsed: "Yes" },
      },
    });
  },
};

export const bucketMadePublic: Recipe = {
  severity: "HIGH",
  perWeek: 3,
  maxEvents: 2,
  endings: [
    ["TRUE_POSITIVE", "Block Public Access is back on; the bucket held press pictures only"],
    ["FALSE_POSITIVE", "The website's bucket, public on purpose. Added to the allow list"],
  ],
  makeReport(occurrence) {
    const bucket = occurrence.pick(["acme-invoices-archive", "acme-press-kit", "acme-build-cache"]);
    return panther(occurrence, {
      id: "AWS.S3.PublicAccess",
      name: "S3 bucket made public",
      title: `S3 bucket ${bucket} can be read by anybody`,
      severity: "HIGH",
      description: `A bucket policy now grants s3:GetObject on ${bucket} to everybody.`,
      runbook: "https://runbooks.acme.example/aws/public-bucket",
      tags: ["AWS", "exposure"],
      alertContext: {
        eventName: "PutBucketPolicy",
        requestParameters: { bucketName: bucket },
        userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::482000001907:assumed-role/deploy/ci" },
        awsRegion: occurrence.pick(regions),
      },
    });
  },
};

export const openPort: Recipe = {
  severity: "MEDIUM",
  perWeek: 5,
  maxEvents: 6,
  endings: [
    ["TRUE_POSITIVE", "Closed again; Terraform keeps it closed"],
    ["BENIGN", "Sandbox only, and the instance no longer exists"],
  ],
  makeReport(occurrence) {
    const port = occurrence.pick([22, 3389, 5432]);
    const group = `sg-0${occurrence.integer(100_000, 999_999)}`;
    const account = occurrence.pick(accounts);
    return native(occurrence, {
      title: `Port ${port} of ${group} is open to the whole internet`,
      severity: "MEDIUM",
      detection: { id: "AWS.EC2.OpenPort", name: "Port open to the internet" },
      logTypes: cloudTrail,
      tags: ["aws", "exposure"],
      reports: attack("T1190"),
      description: `A rule of ${group} in account ${account} lets 0.0.0.0/0 reach port ${port}.`,
      runbook: "Remove the rule, then find the change that added it and fix it there.",
      context: {
        eventName: "AuthorizeSecurityGroupIngress",
        account,
        region: occurrence.pick(regions),
        group,
        permission: { protocol: "tcp", port, from: "0.0.0.0/0" },
      },
    });
  },
};

export const stolenCredentials: Recipe = {
  severity: "CRITICAL",
  perWeek: 1,
  maxEvents: 12,
  endings: [["BENIGN", "This week's pentest; its addresses were agreed beforehand"]],
  makeReport(occurrence) {
    const instance = `i-0${occurrence.integer(100_000, 999_999)}f2`;
    return native(occurrence, {
      title: `Credentials of ${instance} are used from outside AWS`,
      severity: "CRITICAL",
      type: "CORRELATION_RULE",
      detection: {
        id: "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
        name: "Instance credentials used outside AWS",
      },
      logTypes: ["AWS.GuardDuty", ...cloudTrail],
      tags: ["aws", "exfiltration"],
      reports: attack("T1552.005", "T1078.004"),
      description: `Credentials that were made for the role of ${instance} were used from an address that is not Amazon's. Such credentials never need to leave their instance.`,
      runbook:
        "1. Revoke the role's sessions (AWSRevokeOlderSessions).\n2. Isolate the instance.\n3. List what the credentials did since the first call.",
      context: {
        instance,
        role: "web-frontend",
        remoteAddress: occurrence.ipAddress(),
        calls: { ListBuckets: 14, GetObject: 212, GetCallerIdentity: 1 },
        guardDuty: { severity: 8, detector: "12abc34d567e8fa901bc2d34e56789f0" },
      },
    });
  },
};

export const portProbe: Recipe = {
  severity: "LOW",
  perWeek: 5,
  maxEvents: 30,
  endings: [["BENIGN", "Internet noise, the port is closed"]],
  makeReport(occurrence) {
    const instance = `i-0${occurrence.integer(100_000, 999_999)}f2`;
    return native(occurrence, {
      title: `A known scanner probes ${instance}`,
      severity: "LOW",
      detection: { id: "Recon:EC2/PortProbeUnprotectedPort", name: "Port probe" },
      logTypes: ["AWS.GuardDuty"],
      tags: ["aws", "external"],
      reports: attack("T1595.001"),
      description: "An address on a list of scanners reached a port that no security group protects.",
      runbook: "Close the port if nobody needs it.",
      context: { instance, port: occurrence.pick([80, 8080, 9200]), scanner: occurrence.ipAddress() },
    });
  },
};

function panther(occurrence: Occurrence, body: Record<string, unknown> & { id: string }): ToolReport {
  const alertId = `${occurrence.integer(0x1000_0000, 0xffff_ffff).toString(16)}${occurrence.at.getTime().toString(16)}`;
  const createdAt = occurrence.at.toISOString();
  const link = `https://panther.acme.example/alerts/${alertId}`;
  return { kind: "panther", body: { ...body, type: "RULE", alertId, createdAt, link } };
}
