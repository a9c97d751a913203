import type { Refusal } from "../../alert/refusal.ts";
import { remedyText } from "../needs-attention.ts";

interface Granted {
  appId: string;
  expires: boolean;
}

/** Why what Slack granted can't be used; null if it can. Apps are compared as far as they are known. */
export function grantFault(
  { appId, expires }: Granted,
  { ofToken, ofInstalled }: { ofToken: string | null; ofInstalled: string | null },
): Refusal | null {
  if (expires) return refused(remedyText("token_expired"));
  const other = [ofToken, ofInstalled].find((known) => known !== null && known !== appId);
  if (!other) return null;
  return refused(
    `Slack installed the app ${appId}, but Tocsin works with ${other}. Copy Client ID and Client Secret from the page of ${other}, save them, and install again.`,
  );
}

function refused(why: string): Refusal {
  return { refused: "conflict", why };
}
