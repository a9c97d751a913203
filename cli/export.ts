import { type Command, InvalidArgumentError, Option } from "commander";
import { openApi } from "./configuration/api.ts";
import { exportText } from "./configuration/export-text.ts";
import { openNames } from "./configuration/names.ts";
import { type SectionName, sectionNames } from "./configuration/section.ts";
import { readState } from "./configuration/sections.ts";

interface Options {
  url: string;
  token: string;
  only: SectionName[];
}

const token = new Option("--token <token>", "an API token that may see what is exported")
  .env("TOCSIN_TOKEN")
  .makeOptionMandatory();

/** `tocsin export`: prints the configuration of a running Tocsin as a file that `tocsin apply` takes. */
export function exportConfiguration(program: Command): void {
  program
    .command("export")
    .description("print the configuration of a running Tocsin as YAML, for tocsin apply")
    .option("--url <address>", "Tocsin's address", "http://localhost:4000")
    .addOption(token)
    .option("--only <parts>", `some parts, separated by commas: ${sectionNames.join(", ")}`, readParts, [
      ...sectionNames,
    ])
    .action(async ({ url, token: secret, only }: Options) => {
      const wanted = new Set(only);
      const state = await readState(openApi(url, secret), openNames(), wanted);
      process.stdout.write(exportText(state, wanted));
    });
}

function readParts(text: string): SectionName[] {
  return text.split(",").map((part) => {
    const found = sectionNames.find((name) => name === part.trim());
    if (!found)
      throw new InvalidArgumentError(
        `There is no part ${part.trim()}: write some of ${sectionNames.join(",")}.`,
      );
    return found;
  });
}
