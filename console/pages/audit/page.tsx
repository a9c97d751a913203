import { Code, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { AuditEntryBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";

export function AuditPage() {
  const pages = usePages(["audit-log"], peopleApi.auditLog);
  return (
    <ConfigurePage title="Audit log" intro="Every sign-in, change and refused attempt, newest first.">
      <Loaded query={pages} label="audit entries">
        {(entries) =>
          entries.length > 0 ? (
            <PlainTable label="Audit log" heads={["When", "Who", "Action", "Target", "Via", "Outcome"]}>
              {entries.map((entry) => (
                <AuditRow key={entry.id} entry={entry} />
              ))}
            </PlainTable>
          ) : (
            <Empty title="No entries yet">
              <Text>The next sign-in or change will appear here.</Text>
            </Empty>
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
    </ConfigurePage>
  );
}

export function AuditRow({ entry }: { entry: AuditEntryBody }) {
  const { at, actor, action, target, via, ip, agent, slack, outcome, changes, data } = entry;
  const details = [formatChanges(changes), formatData(data)].filter(Boolean).join(", ");
  return (
    <tr>
      <td>
        <Time at={at} />
      </td>
      <td className="wrap">
        {reveal(actor.name)}
        {slack ? <Detail text={`Slack ${slack.userId}${slack.teamId ? ` of ${slack.teamId}` : ""}`} /> : null}
      </td>
      <td className="wrap">
        {formatAction(action)}
        {details ? <Detail text={details} /> : null}
      </td>
      <td className="wrap">{target ? <Target {...target} /> : null}</td>
      <td title={agent ?? undefined}>
        {via}
        {ip ? ` · ${ip}` : ""}
      </td>
      <td>{outcome === "refused" ? <strong style={{ color: "var(--bad)" }}>Refused</strong> : "Done"}</td>
    </tr>
  );
}

function Detail({ text }: { text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {reveal(text)}
    </Text>
  );
}

function Target({ type, id, name }: NonNullable<AuditEntryBody["target"]>) {
  if (type === "alert") {
    return (
      <Link to="/alerts/$alert" params={{ alert: id }}>
        {name === null ? "alert" : reveal(name)}
      </Link>
    );
  }
  return (
    <span title={id}>
      {type.replaceAll("_", " ")} {name === null ? <Code>{id.slice(-8)}</Code> : reveal(name)}
    </span>
  );
}

/** Turns `destination.key_added` into "destination: key added". */
function formatAction(action: string): string {
  return action.replace(/[._]/g, (separator) => (separator === "." ? ": " : " "));
}

/** From what to what: "status: OPEN → RESOLVED". */
function formatChanges(changes: AuditEntryBody["changes"]): string {
  return Object.entries(changes)
    .map(
      ([name, { from, to }]) =>
        `${name}: ${from === undefined ? "" : `${formatValue(from)} `}→ ${formatValue(to)}`,
    )
    .join(", ");
}

function formatValue(value: unknown): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function formatData(data: Record<string, unknown>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${formatValue(value)}`)
    .join(", ");
}
