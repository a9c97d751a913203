import { basename, dirname } from "node:path";
import { readImports, sourceFiles } from "../imports.ts";

/** The tests that start a server and matter for a folder, by the beginnings of their paths, most telling first. */
const testsOf: [folder: RegExp, tests: string[]][] = [
  [
    /^src\/(?:alert|ingest|dedup|pipeline|main)/,
    ["src/pipeline.test.ts", "test/stories/alerts/", "cli/send.test.ts"],
  ],
  [/^src\/dedup/, ["test/stories/boomerang/suppression"]],
  [
    /^src\/route/,
    [
      "test/stories/alerts/path-of-an-alert",
      "test/stories/delivery/destinations",
      "test/stories/delivery/escalation",
    ],
  ],
  [
    /^src\/deliver\/events/,
    [
      "test/stories/delivery/custom-webhook",
      "test/stories/delivery/webhook-faults",
      "test/stories/delivery/pagerduty",
    ],
  ],
  [
    /^src\/deliver\/(?:custom-webhook|pagerduty|teams|email)/,
    ["test/stories/delivery/custom-webhook", "test/stories/delivery/webhook-faults"],
  ],
  [/^src\/deliver\/pagerduty/, ["test/stories/delivery/pagerduty"]],
  [/^src\/deliver\/teams/, ["test/stories/delivery/teams"]],
  [/^src\/deliver\/email/, ["test/stories/delivery/email"]],
  [
    /^src\/deliver\/(?:destinations|[^/]+\.ts)/,
    [
      "test/stories/delivery/destinations",
      "test/stories/delivery/ledger",
      "test/stories/delivery/escalation",
    ],
  ],
  [/^src\/(?:deliver\/slack-bot|messages|outbox)/, ["test/stories/delivery/"]],
  [/^src\/deliver\/slack-bot/, ["test/stories/alerts/alertmanager"]],
  [/^src\/triage\/(?:overview|seen-before)/, ["test/stories/alerts/figures"]],
  [/^src\/(?:silence|dedup|route|alert\/silence)/, ["test/stories/triage/silences"]],
  [
    /^src\/(?:triage|interact|history)/,
    ["test/stories/triage/", "test/stories/security/identity", "test/stories/alerts/http-api"],
  ],
  [/^src\/(?:boomerang|messages)/, ["test/stories/boomerang/"]],
  [
    /^src\/connect/,
    [
      "test/stories/setup/oauth-install",
      "test/stories/security/identity",
      "test/stories/setup/setup-faults",
      "test/stories/setup/",
    ],
  ],
  [
    /^src\/slack/,
    ["test/stories/triage/card-controls", "test/stories/security/", "test/stories/setup/organisation"],
  ],
  [
    /^src\/(?:people|http|api|secrets)/,
    ["src/", "test/stories/security/", "cli/user-and-token.test.ts", "test/stories/alerts/http-api"],
  ],
  [
    /^src\/watch/,
    ["src/http/notice-proxies", "test/stories/setup/setup-faults", "test/stories/setup/setup-faults-by-mail"],
  ],
  [/^src\/backup/, ["test/stories/setup/backup"]],
  [/^src\/db/, ["test/stories/delivery/two-nodes", "test/stories/alerts/path-of-an-alert"]],
];
/** As many unit tests run for a file that everything imports. */
const mostUnitTests = 25;
/** Unit tests that are not farther away in the import graph come before tests that start a server. */
const near = 2;

/**
 * Says which test files matter for a source file, most telling first: its own test, unit tests near in the import
 * graph, tests of its layer or of all layers that start a server, other unit tests, then the stories of its folder.
 */
export async function openTestMap(): Promise<(file: string) => string[]> {
  const folders = ["src", "console", "simulator", "cli", "bench", "test"];
  const files = (await Promise.all(folders.map(sourceFiles))).flat();
  const used = (await readImports(files)).filter(({ typeOnly }) => !typeOnly);
  const importers = Map.groupBy(used, ({ target }) => target);
  const distances = (from: string) => {
    const found = new Map([[from, 0]]);
    for (const [file, distance] of found)
      for (const { file: importer } of importers.get(file) ?? [])
        if (!found.has(importer)) found.set(importer, distance + 1);
    return found;
  };
  const startsServer = distances("src/http/server.ts");
  return (file) => {
    const reached = [...distances(file)].filter(([name]) => name.endsWith(".test.ts"));
    // Only a process of its own may load a file; then the tests beside it start that process.
    const beside = files
      .filter((name) => name.endsWith(".test.ts") && dirname(name) === dirname(file))
      .map((name): [string, number] => [name, near]);
    const tests = reached.length > 0 ? reached : beside;
    const byDistance = tests.sort((one, other) => one[1] - other[1]).map(([name]) => name);
    const nearTests = new Set(tests.filter(([, distance]) => distance <= near).map(([name]) => name));
    const own = byDistance.filter((name) => dirname(name) === dirname(file) && isTestOf(name, file));
    const units = byDistance.filter((name) => !startsServer.has(name)).slice(0, mostUnitTests);
    const [layer = file] = /^src\/[^/.]+/.exec(file) ?? [];
    const servers = byDistance.filter(
      (name) => startsServer.has(name) && (name.startsWith(layer) || dirname(name) === "test"),
    );
    const stories = testsOf
      .flatMap(([folder, listed]) => (folder.test(file) ? listed : []))
      .flatMap((prefix) => byDistance.filter((name) => name.startsWith(prefix)));
    const nearUnits = units.filter((name) => nearTests.has(name));
    return [...new Set([...own, ...nearUnits, ...servers, ...units, ...stories])];
  };
}

function isTestOf(test: string, file: string): boolean {
  return basename(test, ".test.ts") === basename(file, ".ts");
}
