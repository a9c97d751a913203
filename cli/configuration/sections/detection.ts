import { z } from "zod";
import { detectionBody, newDetection } from "../../../src/ingest/contract.ts";
import type { Names } from "../names.ts";
import type { Reference, Section, Values } from "../section.ts";
import { sourceReference } from "./source.ts";

const { destinations, automaticBoomerang, detectionId, name } = newDetection.shape;

const item = z
  .strictObject({
    /** The source's name. */
    source: z.string().trim().min(1),
    /** The detection's id, as its source names it. */
    detection: detectionId,
    name,
    destinations,
    automaticBoomerang,
  })
  .refine(
    (values) => values.destinations !== undefined || values.automaticBoomerang !== undefined,
    "must have destinations or automaticBoomerang",
  );

const asks = z.looseObject({ onNo: z.looseObject({ destination: z.string().optional() }).optional() });
const listOfTexts = z.array(z.string());

/** What is set for detections: where their alerts go, and what they ask by themselves. */
export const detections: Section = {
  name: "detections",
  one: "detection",
  about:
    "Detections whose alerts go elsewhere than the filters say ([] is nowhere), or that ask by themselves.",
  item,
  path: "/detections",
  nameField: null,
  identity: ({ source, detection }) => JSON.stringify([source, detection]),
  title: ({ source, detection }) => `${detection} of ${source}`,
  fixed: [],
  sets: ["destinations"],
  needs: ["sources", "destinations"],
  isListed: isSet,
  uncompared: ["source", "detection", "name"],
  async read(api, names) {
    const found = (await api.list("/detections?sort=createdAt")).map((body) => detectionBody.parse(body));
    return found.flatMap((body) => {
      const source = names.nameOf("source", body.source.id);
      // Its source was deleted.
      if (source === null) return [];
      const values = {
        source,
        detection: body.detectionId,
        ...(body.name !== null && { name: body.name }),
        destinations: body.destinations && known(names, body.destinations),
        automaticBoomerang:
          body.automaticBoomerang &&
          withDestination(body.automaticBoomerang, (id) => names.nameOf("destination", id) ?? id),
      };
      return [{ id: body.id, values, ...notesOf(names, body.destinations ?? []) }];
    });
  },
  references: (values) => [...sourceReference(values, ["source"]), ...destinationReferences(values)],
  body({ source, detection, name: called, ...values }, { names }, current) {
    const ids = listOfTexts.nullable().optional().parse(values.destinations);
    const idOf = (one: string) => names.idOf("destination", one) ?? one;
    return {
      ...(!current && { source: names.idOf("source", String(source)), detectionId: detection, name: called }),
      ...(ids !== undefined && { destinations: ids === null ? null : ids.map(idOf) }),
      ...(values.automaticBoomerang !== undefined && {
        automaticBoomerang: values.automaticBoomerang && withDestination(values.automaticBoomerang, idOf),
      }),
    };
  },
  removal: "the filters of the destinations apply to it again, and it asks nothing by itself",
  reset: { destinations: null, automaticBoomerang: null },
};

/** Whether something is set for it. All others are left out of the file. */
function isSet({ destinations: override, automaticBoomerang: asking }: Values): boolean {
  return override !== null || asking !== null;
}

function known(names: Names, ids: readonly string[]): string[] {
  return ids.flatMap((id) => names.nameOf("destination", id) ?? []);
}

function notesOf(names: Names, ids: readonly string[]) {
  const gone = ids.length - known(names, ids).length;
  return gone > 0 ? { notes: { destinations: `${gone} more that were deleted` } } : {};
}

/** The same setting with the destination of `onNo` as `rename` says. */
function withDestination(setting: unknown, rename: (destination: string) => string): Values {
  const { onNo, ...rest } = asks.parse(setting);
  if (onNo?.destination === undefined) return { ...rest, ...(onNo && { onNo }) };
  return { ...rest, onNo: { ...onNo, destination: rename(onNo.destination) } };
}

function destinationReferences(values: Values): Reference[] {
  const override = listOfTexts.safeParse(values.destinations);
  const asking = asks.safeParse(values.automaticBoomerang);
  const onNo = asking.success ? asking.data.onNo?.destination : undefined;
  return [
    ...(override.success ? override.data : []).map((one, at) => ({
      ...{ kind: "destination" as const, name: one, path: ["destinations", at] },
    })),
    ...(onNo === undefined
      ? []
      : [{ kind: "destination" as const, name: onNo, path: ["automaticBoomerang", "onNo", "destination"] }]),
  ];
}
