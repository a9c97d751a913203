import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { checkBlocks, checkModal } from "../../block-kit/check.ts";
import { block } from "../../block-kit/schema/block.ts";
import { cardBlocks } from "../fixtures/card-blocks.ts";
import { everyBlock } from "../fixtures/every-block.ts";
import { files, hasOracles, oracle, type Path, paths, read } from "./oracle.ts";

function change(
  root: unknown,
  path: Path,
  how: (parent: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const copy = structuredClone(root);
  const key = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((value, step) => Object(value)[step], copy);
  if (key !== undefined) how(Object(parent), key);
  return copy;
}

const junk = fc.constantFrom(
  "",
  "x",
  "x".repeat(76),
  "x".repeat(151),
  "x".repeat(256),
  "x".repeat(2001),
  "x".repeat(3001),
  0,
  5,
  -1,
  true,
  null,
  [],
  {},
  "danger",
  "U0GRACE001",
  "not a url",
  "https://a.example/",
  { type: "plain_text", text: "x" },
  { type: "mrkdwn", text: "x" },
  { type: "divider" },
  { type: "button", text: { type: "plain_text", text: "x" } },
);

/** One of the given values with one part replaced, removed, repeated, or extended. */
const mutated = (values: readonly unknown[]) => {
  const places = values.flatMap((value) =>
    paths(value)
      .slice(1)
      .map((path) => ({ value, path })),
  );
  return fc
    .tuple(fc.constantFrom(...places), junk, fc.constantFrom("replace", "remove", "repeat", "add"))
    .map(([{ value, path }, other, how]) =>
      change(value, path, (parent, key) => {
        if (how === "replace") parent[key] = other;
        if (how === "remove") Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key];
        if (how === "repeat" && Array.isArray(parent)) parent.push(...Array(30).fill(parent[Number(key)]));
        if (how === "add") Object(parent[key]).extra = other;
      }),
    );
};

oracle("the check of blocks, compared with a JSON schema,", () => {
  const schema = hasOracles
    ? z.record(z.string(), z.unknown()).parse(read("block-kit.subset.schema.json"))
    : {};
  const ajv = new Ajv2020({ strict: false, formats: { uri: URL.canParse } });
  const definitions = z.record(z.string(), z.unknown()).parse(schema.$defs ?? {});
  const blocksFit = hasOracles ? ajv.compile({ ...schema, maxItems: 50 }) : () => true;
  const modalFits = hasOracles ? ajv.compile({ $ref: "#/$defs/modal_view", $defs: definitions }) : () => true;
  const parts = z.object({ blocks: z.array(z.record(z.string(), z.unknown())) });
  const examples = files("examples").map((file) => ({ file, body: read("examples", file) }));
  const messages = examples.flatMap(({ file, body }) => {
    const parsed = file.includes("modal") ? undefined : parts.safeParse(body);
    return parsed?.success ? [{ file, blocks: parsed.data.blocks }] : [];
  });
  const modals = examples.filter(({ file }) => file.includes("modal"));

  test.each(messages)("accepts $file", ({ blocks }) => {
    expect(blocksFit(blocks)).toBe(true);
    expect(checkBlocks(blocks)).toMatchObject({ ok: true });
  });

  test.each(modals)("accepts $file", ({ body }) => {
    expect(modalFits(body)).toBe(true);
    expect(checkModal(body)).toMatchObject({ ok: true });
  });

  // Only shapes are compared, because the schema can't express all rules. Two of its "either … or" rules are
  // checked in `rules.ts` here.
  const shape = z.array(block).min(1).max(50);
  const hasValidShape = (blocks: unknown): boolean => {
    if (!shape.safeParse(blocks).success) return false;
    const checked = checkBlocks(blocks);
    return checked.ok || !checked.messages.some((message) => message.includes("must define either"));
  };

  test("accepts the rarer blocks, as the schema does", () => {
    expect([blocksFit(everyBlock.message), modalFits(everyBlock.modal)]).toEqual([true, true]);
  });

  test("agrees on a thousand mutations of the examples", { timeout: 60_000 }, () => {
    const verdicts = { accepted: 0, refused: 0 };
    const agreesWithSchema = fc.property(
      mutated([...messages.map(({ blocks }) => blocks), cardBlocks(), everyBlock.message]),
      (blocks) => {
        const fits = blocksFit(blocks);
        verdicts[fits ? "accepted" : "refused"] += 1;
        return hasValidShape(blocks) === fits;
      },
    );
    fc.assert(agreesWithSchema, { numRuns: 1000 });
    expect(Math.min(verdicts.accepted, verdicts.refused)).toBeGreaterThan(70);
  });

  test("refuses every dialog that the schema refuses", { timeout: 60_000 }, () => {
    const dialogs = [...modals.map(({ body }) => body), everyBlock.modal];
    fc.assert(
      fc.property(mutated(dialogs), (dialog) => modalFits(dialog) || !checkModal(dialog).ok),
      { numRuns: 700 },
    );
  });
});
