import type { Oidc } from "../../config.ts";
import type { WhyNotConfirmed } from "../../people/oidc/confirm-by-provider.ts";
import type { WhyRefused } from "../../people/oidc/decide-account.ts";
import type { Explained } from "../../people/oidc/explain-fault.ts";
import type { Claims } from "../../people/oidc/read-claims.ts";

/** What a page says to somebody who was not signed in. Plain text; nothing in it is trusted. */
export interface PageText {
  status: number;
  title: string;
  lines: string[];
  /** Facts that the person may have to pass on. */
  facts: [name: string, value: string][];
  /** Whether to sign in again may help. */
  again: boolean;
}

type Visitor = Pick<Claims, "email" | "groups"> & { oidc: Oidc; admins: readonly string[] };

/** A list for people, which stays short. */
function listed(names: readonly string[], most = 10): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** Why Tocsin refuses a person whom the provider vouches for, what was missing, and whom to ask. */
export function explainRefusal(why: WhyRefused | "unknown role", visitor: Visitor): PageText {
  const { email, groups, oidc, admins } = visitor;
  const whom = admins.length > 0 ? `${listed(admins, 5)}, who manage users in Tocsin,` : "an administrator of Tocsin";
  const accepted = listed([...new Set(oidc.roles.map(({ group }) => group))]);
  const claims = oidc.groupsClaims.join(" or ");
  const page = (title: string, ...lines: string[]): PageText => ({
    ...{ status: 403, title, lines, again: true },
    facts: email ? [[`You at ${oidc.name}`, email]] : [],
  });
  const withGroups = (text: PageText): PageText => ({
    ...text,
    facts: [
      ...text.facts,
      ["Your groups", groups.length > 0 ? listed(groups) : "none"],
      ["Groups with a role in Tocsin", accepted],
    ],
  });
  switch (why) {
    case "no mapped group":
      return withGroups(
        page(
          "None of your groups has a role in Tocsin",
          `Ask ${whom} for access. They can have you added to one of the groups below at ${oidc.name}, or give a role to a group that you are in (OIDC_ROLES).`,
        ),
      );
    case "no groups claim":
      return withGroups(
        page(
          `${oidc.name} didn't say which groups you are in`,
          `The claim ${claims} is missing from its answer, so Tocsin can't tell what you may do.`,
          `Ask ${whom} to have it sent: at most providers that is a setting of the client or a scope (OIDC_SCOPES, OIDC_GROUPS_CLAIM).`,
        ),
      );
    case "groups left out":
      return withGroups(
        page(
          `You are in too many groups for ${oidc.name} to name them`,
          `Its answer leaves the claim ${claims} out.`,
          `Ask ${whom} to have only the groups sent that are assigned to Tocsin, or to use app roles (docs/sign-in.md, Microsoft Entra ID).`,
        ),
      );
    case "unknown role":
      return withGroups(
        page(
          "Your role doesn't exist in Tocsin",
          `OIDC_ROLES gives your group a role that Tocsin doesn't have. Ask ${whom} to create the role or to correct OIDC_ROLES.`,
        ),
      );
    case "disabled":
      return page("Your Tocsin user is disabled", `Ask ${whom} to enable it again.`);
    case "no email":
      return page(
        `${oidc.name} didn't name your email`,
        "Tocsin needs it to create your user and to recognise you in Slack.",
        `Ask ${whom} to have the claim email sent (the scope email in OIDC_SCOPES), and to check that your account there has an email.`,
      );
    case "email not verified":
      return page(
        "Your email is not verified",
        `There is a Tocsin user with this email, and ${oidc.name} doesn't say that it is yours. Verify it there, then sign in again.`,
        `If you can't, ask ${whom}.`,
      );
    case "email of another account":
      return page(
        "Your email belongs to another account",
        `A Tocsin user with this email signs in with another account of ${oidc.name}. If that was an earlier account of yours or of a colleague, ask ${whom} to change the email of that user.`,
      );
    default:
      return why satisfies never;
  }
}

/** Why a session was not confirmed. */
export function explainNotConfirmed(why: NonNullable<WhyNotConfirmed>, { name }: Oidc): PageText {
  const page = (title: string, line: string): PageText => ({
    ...{ status: 403, title, lines: [line], facts: [], again: false },
  });
  switch (why) {
    case "not asked again":
      return page(
        `${name} didn't ask for your password again`,
        `Tocsin needs the claim auth_time with the time of a new sign-in. Nothing was confirmed. Your administrator finds in docs/sign-in.md how to have ${name} send it.`,
      );
    case "somebody else":
      return page(
        "You signed in as somebody else",
        `Nothing was confirmed. Close this window, and sign in at ${name} with the account that you use for Tocsin.`,
      );
    case "session over":
      return page("Your session is over", "Nothing was confirmed. Close this window, and sign in to Tocsin again.");
    default:
      return why satisfies never;
  }
}

/** A fault at the provider or on the way there. */
export function explainProviderFault({ whose, what, remedy, said, code }: Explained, { name }: Oidc): PageText {
  return {
    status: whose === "person" ? 403 : 502,
    title: `You are not signed in`,
    lines: [what, remedy],
    facts: [["Error", code], ...(said ? ([[`${name} says`, said]] satisfies [string, string][]) : [])],
    again: true,
  };
}

/** A visit that this browser didn't begin, began too long ago, or has finished already. */
export const notYours: PageText = {
  status: 400,
  title: "This sign-in can't be continued",
  lines: [
    "It was used already, took longer than 10 minutes, or was begun in another browser. If you are signed in, go on to Tocsin; otherwise sign in again.",
  ],
  facts: [],
  again: true,
};

/** Too many refused sign-ins from here. */
export function tooManyVisits(waitMs: number): PageText {
  const seconds = Math.ceil(waitMs / 1000);
  const time = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return {
    status: 429,
    title: "Too many refused sign-ins",
    lines: [`Too many sign-ins from your network were refused. Try again in ${time}.`],
    facts: [],
    again: true,
  };
}

/** OpenID Connect is not set up. */
export const notSetUp: PageText = {
  status: 404,
  title: "There is no identity provider",
  lines: ["Sign in with your email and password. Your administrator can set up OpenID Connect (docs/sign-in.md)."],
  facts: [],
  again: true,
};
