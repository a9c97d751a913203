import { Select, TagsInput, TextInput } from "@mantine/core";
import type { Permission } from "../../../src/alert/permission.ts";
import { permissionDescriptions } from "../../../src/alert/permission.ts";
import { peopleApi } from "../../api/people.ts";
import { CheckGroup } from "../../forms/check-group.tsx";
import { keysOf } from "../../forms/choices.ts";
import { FormDialog } from "../../forms/form-dialog.tsx";
import { useApiMutation } from "../../forms/use-api-mutation.ts";
import { useFields } from "../../forms/use-fields.ts";
import { useSession } from "../../session/use-session.ts";

interface Props {
  onClose: () => void;
  onCreated: (token: string) => void;
}

const lifetimes = [
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];
const dayMs = 86_400_000;

/** The expiries that the setting allows; without one, "Never" too. The longest is left to the server's clock. */
function lifetimesUpTo(maxDays: number | null): { value: string; label: string }[] {
  if (maxDays === null) return [...lifetimes, { value: "latest", label: "Never" }];
  const shorter = lifetimes.filter(({ value }) => Number(value) < maxDays);
  return [
    ...shorter,
    { value: "latest", label: maxDays === 1 ? "In a day" : `In ${maxDays} days, the longest` },
  ];
}

function usual(choices: { value: string }[]): string {
  return choices.some(({ value }) => value === "90") ? "90" : "latest";
}

export function TokenForm({ onClose, onCreated }: Props) {
  const session = useSession().data;
  const held = session?.permissions ?? [];
  const choices = lifetimesUpTo(session?.maxTokenDays ?? null);
  const save = useApiMutation({
    mutationFn: (values: Values) => create(values, new Date()),
    invalidates: "api-tokens",
    failure: "in the form",
    onSuccess({ token }) {
      onClose();
      onCreated(token);
    },
  });
  const fields = useFields<Values>(
    { name: "", permissions: [], expiresAt: usual(choices), cidrs: [] },
    save.error,
  );
  return (
    <FormDialog
      title="Create an API token"
      action="Create token"
      busy={save.isPending}
      error={save.error}
      fields={Object.keys(fields.values)}
      onSubmit={() => save.mutate(fields.values)}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="The program that uses the token."
        required
        maxLength={100}
        data-autofocus
        {...fields.text("name")}
      />
      <CheckGroup label="Permissions" options={optionsFor(held)} {...fields.choice("permissions")} />
      <Select label="Expires" data={choices} allowDeselect={false} {...fields.pick("expiresAt")} />
      <TagsInput
        label="Allowed IPs"
        description="Allowed CIDR ranges. Leave empty to allow any address."
        placeholder={fields.values.cidrs.length > 0 ? undefined : "10.0.0.0/8"}
        {...fields.choice("cidrs")}
      />
    </FormDialog>
  );
}

interface Values {
  name: string;
  permissions: Permission[];
  expiresAt: string;
  cidrs: string[];
}

/** Only the user's own permissions: a token can't have more. */
function optionsFor(held: Permission[]): Partial<Record<Permission, string>> {
  const offered = keysOf(permissionDescriptions).filter((permission) => held.includes(permission));
  return Object.fromEntries(offered.map((permission) => [permission, permissionDescriptions[permission]]));
}

function create({ expiresAt, ...values }: Values, now: Date) {
  const expiry = new Date(now.getTime() + Number(expiresAt) * dayMs);
  return peopleApi.addToken(expiresAt === "latest" ? values : { ...values, expiresAt: expiry.toISOString() });
}
