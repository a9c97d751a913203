import type { Refusal } from "../../alert/refusal.ts";

/** Shown where a password is refused: what a good one is. */
const better = "Use four random words, or let a password manager make one.";

/** Of 10 billion guesses, an attack that knows common passwords and patterns finds it in fewer. */
const minGuessesLog10 = 10;

/** Longer ones are judged by their beginning: the time of a check grows with the square of the length. */
const maxJudged = 64;

/**
 * A refusal at `field` if a password is common, a pattern, a repetition, or contains the name or email. Its length is
 * judged by the schema. Takes about 5 ms, the first time 200 ms.
 */
export async function refusePassword(
  password: string,
  { email, name, field }: { email: string; name: string; field: string },
): Promise<Refusal | null> {
  const normalised = password.normalize("NFKC");
  if (containsName(normalised, email, name)) {
    const why = `This password contains your name or email address. ${better}`;
    return { refused: "invalid", field, why };
  }
  const guesses = await guessesLog10(normalised.slice(0, maxJudged), partsOf(email, name));
  if (guesses >= minGuessesLog10) return null;
  const why = `This password is easy to guess: it is a common one, a pattern or a repetition. ${better}`;
  return { refused: "invalid", field, why };
}

/** Whether a part of the name or email is in the password; parts of three letters only as a word of their own. */
export function containsName(password: string, email: string, name: string): boolean {
  const typed = password.toLowerCase();
  const words = typed.split(/[^\p{L}\p{N}]+/u);
  const joined = words.join("");
  return partsOf(email, name).some((part) =>
    part.length > 3 ? joined.includes(part) : words.includes(part),
  );
}

/** The local part of the email, the name, and the words of both, in lower case; at least three letters. */
function partsOf(email: string, name: string): string[] {
  const [local = ""] = email.normalize("NFKC").toLowerCase().split("@");
  const wholes = [local, name.normalize("NFKC").toLowerCase()].map((text) => text.split(/[^\p{L}\p{N}]+/u));
  const parts = wholes.flatMap((words) => [words.join(""), ...words]);
  return [...new Set(parts)].filter((part) => part.length >= 3);
}

/** The logarithm of the guesses that a password takes. */
async function guessesLog10(password: string, known: string[]): Promise<number> {
  loading ??= loadEstimator();
  const estimator = await loading;
  return estimator.check(password, ["tocsin", ...known]).guessesLog10;
}

let loading: ReturnType<typeof loadEstimator> | undefined;

/** Loaded when the first password is set: it takes 0.2 s and 5 MB. */
async function loadEstimator() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });
}
