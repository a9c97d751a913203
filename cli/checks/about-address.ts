import type { Config } from "../../src/config.ts";
import type { Finding } from "./finding.ts";

/** Whether people and Slack can reach Tocsin at its address, as far as its looks tell. */
export function aboutAddress({ publicUrl }: Pick<Config, "publicUrl">): Finding[] {
  const { protocol, hostname } = new URL(publicUrl);
  if (!hostname.includes(".")) {
    const what = `PUBLIC_URL is ${publicUrl}: Slack hides buttons that lead to a host without a dot, and reaches it in Socket Mode only.`;
    return [{ kind: "note", what }];
  }
  if (protocol === "http:")
    return [{ kind: "note", what: `PUBLIC_URL is ${publicUrl}, which is not encrypted.` }];
  return [{ kind: "well", what: `PUBLIC_URL is ${publicUrl}.` }];
}
