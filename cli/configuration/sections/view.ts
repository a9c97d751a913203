import { z } from "zod";
import { listParam } from "../../../src/api/page.ts";
import { userBody } from "../../../src/people/contract.ts";
import { newView, viewBody, viewFilters } from "../../../src/triage/views/contract.ts";
import type { Names, ReferenceKind } from "../names.ts";
import { readableId } from "../previous-name.ts";
import type { Reference, Section, Values } from "../section.ts";

const filters = viewFilters.omit({ silence: true }).extend({
  /** Names of sources. */
  source: listParam(z.string().min(1).max(100)).optional(),
  /** Emails of users, `me` or `none`. */
  assignee: listParam(
    z.union([z.email(), z.enum(["me", "none"])], { error: () => "must be a user's email, me or none" }),
  ).optional(),
});

const texts = z.array(z.string()).catch([]);
const sets = [
  "status",
  "severity",
  "type",
  "source",
  "detection",
  "logType",
  "disposition",
  "tag",
  "assignee",
];
const named: readonly [field: string, kind: ReferenceKind][] = [
  ["source", "source"],
  ["assignee", "user"],
];
/** What the filter `assignee` takes besides users. */
const words = new Set(["me", "none"]);

/** Saved views that everybody sees. Those of one person are their own affair. */
export const views: Section = {
  name: "views",
  one: "view",
  about: "Saved views that are shared. Sources are named, assignees by email.",
  item: z.strictObject({ ...readableId, name: newView.shape.name, filters: filters.transform(sorted) }),
  path: "/views",
  nameField: "name",
  identity: ({ name }) => String(name),
  title: ({ name }) => String(name),
  fixed: [],
  sets: [],
  needs: ["sources"],
  async read(api, names) {
    const found = (await api.list("/views")).map((body) => viewBody.parse(body));
    const shared = found.filter((view) => view.shared);
    await readUsers(
      shared.some(({ filters: one }) => users(one).length > 0),
      { api, names },
    );
    return shared.flatMap(({ id, name, filters: stored }) => {
      // A silence has no name by which a file could say it.
      if ("silence" in stored) return [];
      return [
        {
          id,
          values: { name, filters: sorted(renamed(stored, (kind, one) => names.nameOf(kind, one) ?? one)) },
        },
      ];
    });
  },
  references: ({ filters: wanted }) => {
    const given = z.record(z.string(), z.unknown()).parse(wanted);
    return named.flatMap(([field, kind]) =>
      texts.parse(given[field]).flatMap((name, at): Reference[] => {
        return words.has(name) ? [] : [{ kind, name, path: ["filters", field, at] }];
      }),
    );
  },
  body: ({ filters: wanted, ...values }, { names }, current) => ({
    ...values,
    ...(wanted !== undefined && {
      filters: renamed(
        z.record(z.string(), z.unknown()).parse(wanted),
        (kind, one) => names.idOf(kind, one) ?? one,
      ),
    }),
    ...(!current && { shared: true }),
  }),
  removal: "nobody sees it any more, its owner neither",
};

/** Reads the users if a view filters by one, which needs View Users. */
export async function readUsers(
  wanted: boolean,
  { api, names }: { api: Parameters<Section["read"]>[0]; names: Names },
): Promise<void> {
  if (!wanted || names.all("user").length > 0) return;
  const user = userBody.pick({ id: true, email: true });
  for (const body of await api.list("/users")) {
    const { id, email } = user.parse(body);
    names.set("user", id, email);
  }
}

/** The users that these filters name. */
function users({ assignee }: Values): string[] {
  return texts.parse(assignee).filter((one) => !words.has(one));
}

function renamed(given: Values, rename: (kind: ReferenceKind, one: string) => string): Values {
  const changed = named.flatMap(([field, kind]) => {
    const list = texts.parse(given[field]);
    return list.length > 0 ? [[field, list.map((one) => (words.has(one) ? one : rename(kind, one)))]] : [];
  });
  return { ...given, ...Object.fromEntries(changed) };
}

/** Filters in one order, so that the same ones are the same text. */
function sorted(given: Values): Values {
  const entries = Object.entries(given).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, sets.includes(name) ? texts.parse(value).toSorted() : value]),
  );
}
