import { hash, verify } from "@node-rs/argon2";

/** Argon2id as OWASP's cheat sheet has it: 19 MiB, 2 passes, 1 lane; about 20 ms of one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What stands in for the hash of somebody unknown, so that they cost the same time. It fits no password. */
const decoy = await hash(crypto.getRandomValues(new Uint8Array(32)), cost);

/** A password as it is stored. Unicode has several spellings of one text; keyboards differ in which they send. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

/** True if it is the password of the hash. With null it works as long and is false. */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  const fits = await verify(stored ?? decoy, password.normalize("NFKC"));
  return fits && stored !== null;
}
