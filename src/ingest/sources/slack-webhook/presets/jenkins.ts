import { headOf } from "../message-view.ts";
import type { Preset } from "../preset.ts";

/** `Deploy » Payments - #177 Failure after 26 ms and counting (Open)` */
const build =
  /^(\S.*?) - (#\S+|\d[\w.-]*) (Starting\.\.\.|Started|Success|Back to normal|Failure|Still Failing|Still Unstable|Unstable|Aborted|Not built)(?!\w)/i;
/** `FAILED: Job 'payments [177]' (…)`, from the examples for pipelines. */
const job =
  /^(STARTED|SUCCESS(?:FUL)?|FIXED|FAIL(?:ED|URE)|UNSTABLE|ABORTED): (?:Job|Build)?:? ?'?(.+?) (?:\[|#|build )+(\d+)/i;

/** github.com/jenkinsci/slack-plugin, ActiveNotifier.java */
export const jenkins: Preset = {
  tool: "Jenkins",
  read(message) {
    for (const line of headOf(message)) {
      const [, name, number, result] = build.exec(line) ?? [];
      if (name && number && result) return reading(name, number, result);
      const [, status, title, n] = job.exec(line) ?? [];
      if (status && title && n) return reading(title, `#${n}`, status);
    }
    return null;
  },
};

function reading(name: string, number: string, result: string) {
  const title = `${name} - ${number} ${result}`;
  if (/^start/i.test(result)) return { title, identity: `${name} starts`, severity: "INFO" };
  const over = /^(?:success|back to normal|fixed)/i.test(result);
  return { title, identity: name, over, severity: over ? "INFO" : severityOf(result) };
}

function severityOf(result: string): string {
  if (/fail/i.test(result)) return "HIGH";
  return /unstable/i.test(result) ? "MEDIUM" : "LOW";
}
