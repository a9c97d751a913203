import { builtInRoles } from "../../../src/alert/permission.ts";
import { newRole, roleBody } from "../../../src/people/contract.ts";
import { readableId } from "../previous-name.ts";
import type { Section } from "../section.ts";

const builtIn = new Set(Object.keys(builtInRoles).map((name) => name.toLowerCase()));

const item = newRole.extend({
  ...readableId,
  name: newRole.shape.name.refine(
    (name) => !builtIn.has(name.toLowerCase()),
    "is a built-in role, which can't be changed; remove it, or choose another name",
  ),
});

/** Custom roles. The built-in ones are the same everywhere. */
export const roles: Section = {
  name: "roles",
  one: "role",
  about: "Custom roles. Admin, Analyst and AnalystReadOnly are built in.",
  item,
  path: "/roles",
  nameField: "name",
  identity: ({ name }) => String(name),
  title: ({ name }) => String(name),
  fixed: [],
  sets: ["permissions"],
  needs: [],
  async read(api) {
    const found = (await api.list("/roles")).map((body) => roleBody.parse(body));
    return found
      .filter((role) => !role.builtIn)
      .map(({ id, name, permissions, users }) => ({
        id,
        values: { name, permissions },
        ...(users > 0 && {
          keeps: `${users === 1 ? "a user has" : `${users} users have`} it, disabled ones included. Give them another role first`,
        }),
      }));
  },
  references: () => [],
  body: (values) => values,
  removal: "nobody has it",
};
