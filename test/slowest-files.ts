import type { Reporter, TestModule } from "vitest/node";

const shown = 10;

/** Prints the slowest files of a whole run, where optimising pays most. */
export class SlowestFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= shown) return;
    const took = modules.map((module) => ({ file: module.relativeModuleId, ms: duration(module) }));
    const slowest = took.toSorted((one, other) => other.ms - one.ms).slice(0, shown);
    const lines = slowest.map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
    console.log(`\n The ${shown} slowest files\n${lines.join("\n")}`);
  }
}

function duration(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } =
    module.diagnostic();
  return environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration;
}
