import { z } from "zod";
import { type FoundRow, toEntryBody } from "../../people/audit-log/find-entries.ts";
import { recordOf } from "../../people/audit-log/record.ts";
import { sign } from "../custom-webhook/event-body.ts";
import { EventFault } from "../events/event-fault.ts";
import type { Outgoing } from "../events/outgoing.ts";
import { classifyFailure, requireAccepted } from "../events/post.ts";
import type { StreamKind } from "./contract.ts";
import { frame, type SyslogEntry, syslogMessage } from "./syslog-message.ts";

/** A receiver with its secrets open. */
export interface Receiver {
  kind: StreamKind;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
}

export type Ways = Pick<Outgoing, "post" | "connectTls" | "clock">;

/** An entry as receivers get it: as a line of an export. */
export function streamedEntry(row: FoundRow): SyslogEntry {
  const { sentence, chain } = toEntryBody(row);
  return { ...recordOf(row), sentence, chain: chain && { ...chain, previous: row.previous } };
}

/**
 * Sends entries in order. Calls `sent` with the number of those that the receiver has taken so far; throws an `EventFault`
 * at the first that it hasn't. What was taken and not noted is sent again.
 */
export async function sendTo(
  ways: Ways,
  receiver: Receiver,
  entries: readonly SyslogEntry[],
  { host, sent = async () => {} }: { host: string; sent?: (count: number) => Promise<void> },
): Promise<void> {
  if (receiver.kind === "syslog") {
    const text = entries.map((entry) => frame(syslogMessage(entry, host))).join("");
    await writeAll(ways, syslogSettings.parse(receiver.settings), text);
    return sent(entries.length);
  }
  const { url = "", secret = "" } = receiver.secrets;
  for (const [at, entry] of entries.entries()) {
    await postEntry(ways, { url, secret }, entry);
    await sent(at + 1);
  }
}

const syslogSettings = z.object({ host: z.string(), port: z.number(), ca: z.string().nullable() });

async function postEntry(
  { post, clock }: Ways,
  { url, secret }: { url: string; secret: string },
  entry: SyslogEntry,
): Promise<void> {
  const body = JSON.stringify(entry);
  const timestamp = Math.floor(clock().getTime() / 1000);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Tocsin",
    "x-tocsin-event": "audit.entry",
    "x-tocsin-event-id": entry.id,
    "x-tocsin-timestamp": `${timestamp}`,
    "x-tocsin-signature": sign(body, { timestamp, secret }),
  };
  requireAccepted(await post({ url, headers, body }), clock());
}

/**
 * Writes the text to a connection of its own and waits until the receiver has closed it. Syslog has no receipts: a
 * receiver that reads to the end before it closes is the best there is.
 */
async function writeAll(
  { connectTls }: Ways,
  address: z.infer<typeof syslogSettings>,
  text: string,
): Promise<void> {
  const socket = await connectTls(address);
  try {
    await new Promise<void>((resolve, reject) => {
      let isWritten = false;
      socket.on("error", reject);
      socket.on("data", () => {});
      socket.on("close", () =>
        isWritten ? resolve() : reject(new EventFault({ kind: "passing", code: "closed_early" })),
      );
      socket.write(text, () => {
        isWritten = true;
        socket.end();
      });
    });
  } catch (error) {
    throw classifyFailure(error);
  } finally {
    socket.destroy();
  }
}
