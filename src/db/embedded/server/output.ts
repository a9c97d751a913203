import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";

/** What a started program has said, and how it ended. */
export interface Output {
  /** The reason it gave for failing, for people to read. */
  reason(): string;
  /** Resolves when the program has ended and its output is read; rejects if it never started. */
  ended: Promise<number | null>;
}

const remembered = 20;

/** Reads the output of a program line by line, and keeps the last lines as the reason of a failure. */
export function readOutput(child: ChildProcess, onLine: (line: string) => void = () => {}): Output {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on("line", (line) => {
      lines.push(line);
      if (lines.length > remembered) lines.shift();
      onLine(line);
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (cause) => reject(new Error(withoutSetpriv, { cause })));
  });
  // A program that outlives its starter's interest must not end the process by an unhandled rejection.
  ended.catch(() => {});
  return { reason: () => failureReason(lines), ended };
}

const withoutSetpriv =
  "The embedded PostgreSQL is started through setpriv, which is missing: install util-linux (Debian, Fedora) " +
  "or setpriv (Alpine), or set DATABASE_URL to a PostgreSQL server.";

/** Picks from PostgreSQL's output what a person needs: the last complaint, else the last line. */
export function failureReason(lines: string[]): string {
  const complaint = lines.findLast((line) => /(error|FATAL|PANIC):/.test(line)) ?? lines.at(-1);
  return complaint?.replace(/^.*?(error|FATAL|PANIC): +/, "") ?? "it gave no reason";
}
