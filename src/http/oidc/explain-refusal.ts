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
  const whom =
    admins.length > 0
      ? `${listed(admins, 5)}, who can manage users in Tocsin,`
      : "an administrator of Tocsin";
  const { title, lines, isAboutGroups } = refusalTexts(oidc, whom)[why];
  const accepted = listed([...new Set(oidc.roles.map(({ group }) => group))]);
  const facts: PageText["facts"] = email ? [[`You at ${oidc.name}`, email]] : [];
  if (isAboutGroups)
    facts.push(["Your groups", listed(groups) || "none"], ["Groups with a role in Tocsin", accepted]);
  return { status: 403, title, lines, facts, again: true };
}

interface RefusalText {
  title: string;
  lines: string[];
  isAboutGroups?: true;
}

/** `whom` is who can help. */
function refusalTexts(
  { name, groupsClaims }: Oidc,
  whom: string,
): Record<WhyRefused | "unknown role", RefusalText> {
  const claims = groupsClaims.join(" or ");
  return {
    "no mapped group": {
      title: "None of your groups has a role in Tocsin",
      lines: [
        `Ask ${whom} for access. They can have you added to one of the groups below at ${name}, or give a role to a group that you are in (OIDC_ROLES).`,
      ],
      isAboutGroups: true,
    },
    "no groups claim": {
      title: `${name} didn't say which groups you are in`,
      lines: [
        `The claim ${claims} is missing from its answer, so Tocsin can't tell what you may do.`,
        `Ask ${whom} to have it sent: at most providers that is a setting of the client or a scope (OIDC_SCOPES, OIDC_GROUPS_CLAIM).`,
      ],
      isAboutGroups: true,
    },
    "groups left out": {
      title: `You are in too many groups for ${name} to name them`,
      lines: [
        `Its answer leaves the claim ${claims} out.`,
        `Ask ${whom} to have only the groups sent that are assigned to Tocsin, or to use app roles (docs/sign-in.md, Microsoft Entra ID).`,
      ],
      isAboutGroups: true,
    },
    "unknown role": {
      title: "Your role doesn't exist in Tocsin",
      lines: [
        `OIDC_ROLES gives your group a role that Tocsin doesn't have. Ask ${whom} to create the role or to correct OIDC_ROLES.`,
      ],
      isAboutGroups: true,
    },
    disabled: { title: "Your Tocsin user is disabled", lines: [`Ask ${whom} to enable it again.`] },
    "no email": {
      title: `${name} didn't name your email`,
      lines: [
        "Tocsin needs it to create your user and to recognise you in Slack.",
        `Ask ${whom} to have the claim email sent (the scope email in OIDC_SCOPES), and to check that your account there has an email.`,
      ],
    },
    "email not verified": {
      title: "Your email is not verified",
      lines: [
        `There is a Tocsin user with this email, and ${name} doesn't say that it is yours. Verify it there, then sign in again. If you can't, ask ${whom} for help.`,
      ],
    },
    "email of another account": {
      title: "Your email belongs to another account",
      lines: [
        `A Tocsin user with this email signs in with another account of ${name}. If that was an earlier account of yours or of a colleague, ask ${whom} to change the email of that user.`,
      ],
    },
  };
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
      return page(
        "Your session is over",
        "Nothing was confirmed. Close this window, and sign in to Tocsin again.",
      );
    default:
      return why satisfies never;
  }
}

/** A fault at the provider or on the way there. */
export function explainProviderFault(
  { whose, what, remedy, said, code }: Explained,
  { name }: Oidc,
): PageText {
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
  lines: [
    "Sign in with your email and password. Your administrator can set up OpenID Connect (docs/sign-in.md).",
  ],
  facts: [],
  again: true,
};

/** Why an answer to a Boomerang was not recorded. */
export function explainNotTaken(why: string): PageText {
  return { status: 403, title: "Your answer was not recorded", lines: [why], facts: [], again: false };
}

export const answerTaken: PageText = {
  status: 200,
  title: "Your answer is recorded",
  lines: ["Thank you. There is nothing else to do: you can close this page and go back to Slack."],
  facts: [],
  again: false,
};
