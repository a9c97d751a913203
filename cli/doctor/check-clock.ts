import type { Finding } from "./finding.ts";

/** Slack's requests are refused from five minutes on; NTP keeps clocks within milliseconds. */
const noteSeconds = 30;
const brokenSeconds = 240;

/** Compares the clock of this machine with the `Date` of an answer, which has whole seconds; null if they agree. */
export function clockFinding(date: string | null, now: Date, host: string): Finding | null {
  const ahead = (now.getTime() - Date.parse(date ?? "")) / 1000;
  if (Number.isNaN(ahead) || Math.abs(ahead) < noteSeconds) return null;
  const kind = Math.abs(ahead) < brokenSeconds ? "note" : "broken";
  return {
    kind,
    text: `The clock of this machine is ${spanText(ahead)} ${ahead > 0 ? "ahead of" : "behind"} that of ${host}. At five minutes, requests from Slack are refused. Set it by NTP (timedatectl shows it).`,
  };
}

function spanText(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  return minutes === 0 ? `${rest} s` : `${minutes} min ${rest} s`;
}
