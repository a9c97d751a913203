import type { Refusal } from "../../alert/refusal.ts";

const again = "Nothing was changed; begin again with Install with OAuth.";
const credentials = "in Slack under Basic Information > App Credentials";

/** What came back from Slack instead of an installation, in words. */
export function oauthRefusal(code: string): Refusal {
  return { refused: "conflict", why: why(code) };
}

function why(code: string): string {
  switch (code) {
    case "access_denied":
      return `The installation was cancelled in Slack. ${again} If your workspace asks for an admin's approval, request it there and come back once it is given.`;
    case "invalid_client_id":
      return `Slack knows no app with this Client ID. Copy it anew, ${credentials}, and save it.`;
    case "bad_client_secret":
      return `The Client Secret isn't the one of this Client ID. Copy it anew, ${credentials}, and save it.`;
    case "bad_redirect_uri":
    case "invalid_redirect_uri":
      return "Slack doesn't know the address that it was to come back to. Add Tocsin's Redirect URL in Slack under OAuth & Permissions > Redirect URLs, save there, and install again.";
    case "invalid_code":
    case "code_already_used":
    case "no_code":
      return `Slack's confirmation was used before, or took longer than 10 minutes. ${again}`;
    default:
      return /^[\w.-]{1,80}$/.test(code)
        ? `Slack answered "${code}". ${again}`
        : `Slack gave no reason. ${again}`;
  }
}
