import type { Told } from "../planned.ts";
import { attack, native, type Recipe, type Turn } from "./recipe.ts";

const cloudTrail = ["AWS.CloudTrail"];
const accounts = ["prod (4820…1907)", "staging (7731…0042)", "sandbox (1155…8260)"] as const;
const regions = ["eu-central-1", "eu-west-1"] as const;

export const rootSignIn: Recipe = {
  severity: "CRITICAL",
  timesAWeek: 2,
  mostEvents: 3,
  endings: [["RESOLVED", "Planned: Grace closed the old billing contract, ticket CLOUD-311"]],
  tell(turn) {
    const account = turn.one(accounts);
    return panther(turn, {
      id: "AWS.CloudTrail.RootConsoleLogin",
      name: "Root console sign-in",
      title: `Root user signed in to AWS account ${account}`,
      severity: "CRITICAL",
      description:
        "The root user of an AWS account signed in to the console. Root can't be restricted by any policy, and nobody needs it for daily work.",
      runbook:
        "Ask the account's owner by phone. If it was not planned: change the root password, remove its access keys, check the e-mail address of the account.",
      tags: ["AWS", "privilege"],
      alertContext: {
        eventName: "ConsoleLogin",
        userIdentity: { type: "Root" },
        account,
        sourceIPAddress: turn.address(),
        additionalEventData: { MFAUsed: "Yes" },
      },
    });
  },
};

export const bucketMadePublic: Recipe = {
  severity: "HIGH",
  timesAWeek: 3,
  mostEvents: 2,
  endings: [
    ["RESOLVED", "Block Public Access is back on; the bucket held press pictures only"],
    ["CLOSED", "The website's bucket, public on purpose. Added to the allow list"],
  ],
  tell(turn) {
    const bucket = turn.one(["acme-invoices-archive", "acme-press-kit", "acme-build-cache"]);
    return panther(turn, {
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
        awsRegion: turn.one(regions),
      },
    });
  },
};

export const openPort: Recipe = {
  severity: "MEDIUM",
  timesAWeek: 5,
  mostEvents: 6,
  endings: [
    ["RESOLVED", "Closed again; Terraform will keep it so"],
    ["RESOLVED", "Sandbox only, the instance is gone by now"],
  ],
  tell(turn) {
    const port = turn.one([22, 3389, 5432]);
    const group = `sg-0${turn.whole(100_000, 999_999)}`;
    const account = turn.one(accounts);
    return native(turn, {
      title: `Port ${port} of ${group} is open to the whole internet`,
      severity: "MEDIUM",
      detection: { id: "AWS.EC2.OpenPort", name: "Port open to the internet" },
      logTypes: cloudTrail,
      tags: ["aws", "exposure"],
      reports: attack("T1190"),
      description: `A rule of ${group} in account ${account} lets 0.0.0.0/0 reach port ${port}.`,
      runbook: "Take the rule out, then find the change that put it in and fix it there.",
      context: {
        eventName: "AuthorizeSecurityGroupIngress",
        account,
        region: turn.one(regions),
        group,
        permission: { protocol: "tcp", port, from: "0.0.0.0/0" },
      },
    });
  },
};

export const stolenCredentials: Recipe = {
  severity: "CRITICAL",
  timesAWeek: 1,
  mostEvents: 12,
  endings: [["RESOLVED", "The pentest of this week, its addresses agreed beforehand"]],
  tell(turn) {
    const instance = `i-0${turn.whole(100_000, 999_999)}f2`;
    return native(turn, {
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
        remoteAddress: turn.address(),
        calls: { ListBuckets: 14, GetObject: 212, GetCallerIdentity: 1 },
        guardDuty: { severity: 8, detector: "12abc34d567e8fa901bc2d34e56789f0" },
      },
    });
  },
};

export const portProbe: Recipe = {
  severity: "LOW",
  timesAWeek: 5,
  mostEvents: 30,
  endings: [["RESOLVED", "Internet noise, the port is closed"]],
  tell(turn) {
    const instance = `i-0${turn.whole(100_000, 999_999)}f2`;
    return native(turn, {
      title: `A known scanner probes ${instance}`,
      severity: "LOW",
      detection: { id: "Recon:EC2/PortProbeUnprotectedPort", name: "Port probe" },
      logTypes: ["AWS.GuardDuty"],
      tags: ["aws", "external"],
      reports: attack("T1595.001"),
      description: "An address from a list of scanners reaches a port that no security group protects.",
      runbook: "Close the port if nobody needs it.",
      context: { instance, port: turn.one([80, 8080, 9200]), scanner: turn.address() },
    });
  },
};

function panther(turn: Turn, body: Record<string, unknown> & { id: string }): Told {
  const alertId = `${turn.whole(0x1000_0000, 0xffff_ffff).toString(16)}${turn.at.getTime().toString(16)}`;
  const createdAt = turn.at.toISOString();
  const link = `https://panther.acme.example/alerts/${alertId}`;
  return { kind: "panther", body: { ...body, type: "RULE", alertId, createdAt, link } };
}
