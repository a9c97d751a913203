import fc from "fast-check";

/**
 * Every run tries the same values, so a failure is a failure of the change at hand. `FUZZ_SEED` and `FUZZ_RUNS`
 * try others, and more of them.
 */
fc.configureGlobal({
  seed: Number(process.env.FUZZ_SEED ?? 20_261_127),
  numRuns: Number(process.env.FUZZ_RUNS ?? 50),
});
