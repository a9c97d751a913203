import { type Command, InvalidArgumentError } from "commander";
import type { ChainReport } from "../src/people/audit-log/verify-chain.ts";
import { withDatabase } from "./with-database.ts";

/** `tocsin audit verify`: says whether the audit log is as it was written. */
export function audit(program: Command): void {
  const group = program.command("audit").description("check the audit log");
  group
    .command("verify")
    .description("check that no entry was changed, removed or inserted; ends with 1 if one was")
    .option("--expect <hash>", "a hash that was noted earlier, which must still be in the chain", parseHash)
    .action(async ({ expect }: { expect?: string }) => {
      const { verifyChain } = await import("../src/people/audit-log/verify-chain.ts");
      const report = await withDatabase(({ kysely }) => verifyChain(kysely, { expect: expect ?? null }));
      for (const line of describeReport(report, expect)) console.log(line);
      if (report.fault) process.exitCode = 1;
    });
}

function parseHash(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("A hash has 64 hexadecimal digits, as `tocsin audit verify` prints it.");
}

const count = new Intl.NumberFormat("en");

function entries(number: number): string {
  return number === 1 ? "1 entry" : `${count.format(number)} entries`;
}

function describeReport(report: ChainReport, expect?: string): string[] {
  const { from, to, head, unchained, removed, fault } = report;
  const span = from && to ? ` from ${from} to ${to}` : "";
  const verdict = fault
    ? `NOT INTACT: ${fault.what}, ${fault.text}${fault.entry ? ` (${fault.entry})` : ""}.`
    : "The audit log is intact.";
  return [
    verdict,
    `${entries(report.count)}${span} ${fault ? "fit before that" : "checked"}.`,
    ...(removed > 0 ? [`${entries(removed)} before them were removed by retention.`] : []),
    ...(unchained > 0
      ? [`${entries(unchained)} not chained yet, which takes about a second while Tocsin runs.`]
      : []),
    ...(expect && !fault ? ["The noted hash is in the chain."] : []),
    ...(fault ? [] : [`Head: #${head.seq} ${head.hash}. Note it elsewhere, for --expect.`]),
  ];
}
