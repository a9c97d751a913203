import { createHash } from "node:crypto";
import { severityLabels } from "../../alert/alert.ts";
import {
  claimAssignments,
  type DueAssignment,
  type DueAssignments,
  dropAssignmentMails,
  settleAssignments,
} from "../../outbox/assignment-mails.ts";
import type { Deps } from "../../outbox/deps.ts";
import type { DestinationWork } from "../../outbox/worker.ts";
import { oneLine } from "../../slack/text/text.ts";
import { mailFault } from "./mail-fault.ts";
import { type Mailer, mailRetrySeconds } from "./mailer.ts";

/** Emails people the alerts that somebody else assigned to them, at least once, with the same Message-ID at each attempt. */
export function assignmentMails(deps: Deps, { mail }: { mail: Mailer | null }): DestinationWork {
  return [
    {
      maxConcurrent: 1,
      async claim() {
        if (!mail) {
          await dropAssignmentMails(deps.db);
          return null;
        }
        const due = await claimAssignments(deps.db);
        return due && { run: () => send(deps, mail, due), line: null, restMs: 0 };
      },
    },
  ];
}

async function send(deps: Deps, mail: Mailer, due: DueAssignments): Promise<void> {
  const { userId: user, email: to, attempts, assignments } = due;
  try {
    await mail({ id: idOf(due), to, ...drawAssignmentMail(assignments, deps.publicUrl) });
  } catch (fault) {
    const retry = mailRetrySeconds(attempts);
    deps.log(
      { user, error: mailFault(fault).code, attempts, givenUp: retry === null },
      "assignment mail not sent",
    );
    return settleAssignments(deps.db, due, retry);
  }
  await deps.write(() => settleAssignments(deps.db, due, null));
  deps.log({ user, alerts: assignments.length }, "assignment mail sent");
}

/** The same for the same assignments, so that mailboxes recognise a repeat. */
function idOf({ userId, assignments }: DueAssignments): string {
  const parts = assignments.map(({ alertId, seq }) => `${alertId}:${seq}`).sort();
  return `${createHash("sha256")
    .update([userId, ...parts].join())
    .digest("hex")
    .slice(0, 32)}.assigned`;
}

const maxListed = 50;

/** Subject and plain text. They never have texts of alerts, since mail is not confidential. */
function drawAssignmentMail(
  assignments: readonly DueAssignment[],
  publicUrl: string,
): { subject: string; text: string } {
  const names = [...new Set(assignments.map(({ by }) => oneLine(by, 100)))];
  const who = names.length > 3 ? `${names.length} people` : new Intl.ListFormat("en-GB").format(names);
  const [first, ...others] = assignments;
  const what = first && others.length === 0 ? `alert #${first.number}` : `${assignments.length} alerts`;
  const lines = assignments
    .slice(0, maxListed)
    .map(({ number, severity }) => `#${number} (${severityLabels[severity]}): ${publicUrl}/alerts/${number}`);
  if (assignments.length > maxListed) lines.push(`… and ${assignments.length - maxListed} more`);
  const off = `You get this email because you switched it on. To switch it off: ${publicUrl}/account`;
  const sentence = `${who} assigned ${what} to you`;
  return { subject: `Tocsin: ${sentence}`, text: `${sentence}.\n\n${lines.join("\n")}\n\n${off}\n` };
}
