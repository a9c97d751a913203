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
import css from "./audit.module.css";
import { describeAction, describeDetails, describeWay } from "./describe-entry.ts";

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
  const { at, actor, action, target, via, ip, agent, slack, outcome } = entry;
  const details = describeDetails(entry);
  return (
    <tr>
      <td className={css.short}>
        <Time at={at} />
      </td>
      <td className={`wrap ${css.name}`}>
        {reveal(actor.name)}
        {slack ? <Detail text={`Slack ${slack.userId}${slack.teamId ? ` of ${slack.teamId}` : ""}`} /> : null}
      </td>
      <td className="wrap">
        {describeAction(action)}
        {details ? <Detail text={details} /> : null}
      </td>
      <td className={`wrap ${css.name}`}>{target ? <Target {...target} /> : null}</td>
      <td className={css.short} title={agent ?? undefined}>
        {describeWay(via)}
        {ip ? <Detail text={ip} /> : null}
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
    <div title={id}>
      {name === null ? <Code>{id.slice(-8)}</Code> : reveal(name)}
      <Detail text={type.replaceAll("_", " ")} />
    </div>
  );
}
