import { join } from "node:path";

/** The folder of this checkout. */
export const repositoryRoot = join(import.meta.dirname, "..");
