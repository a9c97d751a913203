import { useQuery } from "@tanstack/react-query";
import { auditActions } from "../../../src/alert/audit-action.ts";
import { actionLabel, nounOf } from "../../../src/alert/audit-sentence/phrases.ts";
import type { AuditEntryBody } from "../../../src/people/audit-log/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { reveal } from "../../components/reveal.ts";
import { keysOf } from "../../forms/choices.ts";
import { usePermission } from "../../session/use-session.ts";
import { type Choice, FilterMenu } from "../alerts/filters/filter-menu.tsx";
import css from "../alerts/filters/filters.module.css";
import { TimeMenu } from "../alerts/filters/time-menu.tsx";
import { type AuditSearch, outcomeLabels } from "./filters.ts";

interface Props {
  search: AuditSearch;
  /** Sets the given filters and keeps the others. */
  onChange: (change: AuditSearch) => void;
  onClear: () => void;
  entries: AuditEntryBody[];
}

export function AuditFilterBar({ search, onChange, onClear, entries }: Props) {
  const set = (name: "who" | "action" | "target") => (chosen: string[]) =>
    onChange({ [name]: chosen.length > 0 ? chosen : undefined });
  return (
    <div className={css.bar} role="toolbar" aria-label="Filters">
      <FilterMenu label="Who" choices={useActors(entries)} chosen={search.who ?? []} onChange={set("who")} />
      <FilterMenu
        label="Action"
        choices={actionChoices}
        chosen={search.action ?? []}
        onChange={set("action")}
      />
      <FilterMenu
        label="Target"
        choices={targetsOf(entries)}
        chosen={search.target ?? []}
        onChange={set("target")}
        allowCustom
      />
      <FilterMenu
        label="Outcome"
        choices={outcomeChoices}
        chosen={search.outcome ? [search.outcome] : []}
        onChange={(chosen) =>
          onChange({ outcome: keysOf(outcomeLabels).find((one) => one === chosen.at(-1)) })
        }
      />
      <TimeMenu
        key={`${search.after}${search.before}`}
        label="Time"
        range={search}
        onChange={(range) => onChange(range)}
      />
      {Object.keys(search).length > 0 ? (
        <button type="button" className={css.clear} onClick={onClear}>
          Clear all
        </button>
      ) : null}
    </div>
  );
}

const outcomeChoices = keysOf(outcomeLabels).map((value) => ({ value, label: outcomeLabels[value] }));

const groups = [...new Set(auditActions.map((action) => action.split(".")[0] ?? ""))];

/** Each group before its actions, and refused calls, which have no action of their own. */
const actionChoices: Choice[] = [
  ...groups.flatMap((group) => [
    { value: group, label: `${capital(nounOf(group))}: everything` },
    ...auditActions
      .filter((action) => action.startsWith(`${group}.`))
      .map((action) => ({ value: action, label: actionLabel(action) })),
  ]),
  { value: "call", label: "Refused calls of the API" },
];

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const systemChoice = { value: "system", label: "System and nobody signed in" };

/** Users and tokens that the viewer may see, and those of the loaded entries. */
function useActors(entries: AuditEntryBody[]): Choice[] {
  const users = useQuery({
    queryKey: ["users"],
    queryFn: () => peopleApi.users(),
    enabled: usePermission("View Users"),
  });
  const tokens = useQuery({
    queryKey: ["tokens"],
    queryFn: () => peopleApi.tokens(),
    enabled: usePermission("Manage API Tokens"),
  });
  const ofEntries = entries.flatMap(({ actor, slack }): [string, string][] => {
    if (actor.id && (actor.type === "user" || actor.type === "token"))
      return [[`${actor.type}:${actor.id}`, actor.name]];
    return slack ? [[`slack:${slack.userId}`, slack.name ?? actor.name]] : [];
  });
  const named = new Map([
    ...ofEntries,
    ...(users.data?.results ?? []).map(({ id, name }): [string, string] => [`user:${id}`, name]),
    ...(tokens.data?.results ?? []).map(({ id, name }): [string, string] => [
      `token:${id}`,
      `${name} (API token)`,
    ]),
  ]);
  return [systemChoice, ...sorted(named)];
}

const types = [
  "alert",
  "api_token",
  "boomerang",
  "destination",
  "detection",
  "installation",
  "role",
  "session",
  "silence",
  "source",
  "user",
  "view",
];

/** Types of things, and the things of the loaded entries. */
function targetsOf(entries: AuditEntryBody[]): Choice[] {
  const things = entries.flatMap(({ target }): [string, string][] =>
    target?.name ? [[`${target.type}:${target.id}`, target.name]] : [],
  );
  return [
    ...types.map((type) => ({ value: type, label: `Any ${nounOf(type)}` })),
    ...sorted(new Map(things)),
  ];
}

function sorted(named: Map<string, string>): Choice[] {
  return [...named]
    .map(([value, label]) => ({ value, label: reveal(label) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
