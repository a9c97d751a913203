import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { PageHead } from "../../components/page-head.tsx";
import { Time } from "../../components/time.tsx";
import { usePermission } from "../../session/use-session.ts";
import { type NewKey, NewKeyDialog } from "../sources/new-key.tsx";
import { SourceForm } from "../sources/source-form.tsx";
import { SourceKeys } from "../sources/source-keys.tsx";
import { SourceMenu } from "../sources/source-menu.tsx";
import { ToolSetup } from "../sources/tool-setup.tsx";
import { LastReceived } from "./last-received.tsx";
import { NotUnderstood } from "./not-understood.tsx";
import { SeverityWords } from "./severity-words.tsx";
import css from "./source.module.css";
import { SourceAndKinds } from "./source-and-kinds.tsx";
import { SourceFacts } from "./source-facts.tsx";

/** The page of one source: what it sent last, what was not understood, and its settings. */
export function SourcePage() {
  const { source: id } = useParams({ from: "/shell/configure/sources/$source" });
  return (
    <SourceAndKinds id={id}>{(source, kinds) => <SourceView source={source} kinds={kinds} />}</SourceAndKinds>
  );
}

function SourceView({ source, kinds }: { source: SourceBody; kinds: SourceKindBody[] }) {
  const { name, lastReceivedAt } = source;
  const kind = kinds.find((one) => one.kind === source.kind);
  const canManage = usePermission("Manage Sources");
  const [editing, setEditing] = useState(false);
  const [newKey, setNewKey] = useState<NewKey>();
  const navigate = useNavigate();
  const onDeleted = () => void navigate({ to: "/configure/sources" });
  const howToSend = kind ? (
    <section className={css.panel} aria-labelledby="send">
      <h2 id="send">How to send reports</h2>
      <ToolSetup kind={kind} target={{ url: source.url, key: "YOUR_KEY" }} />
    </section>
  ) : null;
  return (
    <article className={css.page}>
      <PageHead
        back={{ to: "/configure/sources", label: "Sources" }}
        name={name}
        beside={
          <>
            <span>{kind?.label ?? source.kind}</span>
            {canManage ? (
              <SourceMenu source={source} onEdit={() => setEditing(true)} onDeleted={onDeleted} />
            ) : null}
          </>
        }
      >
        <p role="status">
          {lastReceivedAt ? (
            <>
              Last report taken <Time at={lastReceivedAt} />
            </>
          ) : (
            "No report taken yet. Send the first one with the command below."
          )}
        </p>
      </PageHead>
      <div className={css.columns}>
        <div className={css.main}>
          {lastReceivedAt ? null : howToSend}
          <SeverityWords source={source} canManage={canManage} />
          <NotUnderstood source={source} canManage={canManage} />
          <LastReceived source={source} />
          {lastReceivedAt ? howToSend : null}
        </div>
        <aside className={css.side} aria-label="Settings of this source">
          <SourceFacts source={source} kind={kind} onEdit={canManage ? () => setEditing(true) : undefined} />
          <section className={css.panel} aria-label="Keys">
            <SourceKeys source={source} onNewKey={canManage ? setNewKey : undefined} />
          </section>
        </aside>
      </div>
      {editing ? (
        <SourceForm kinds={kinds} edited={source} onClose={() => setEditing(false)} onCreated={setNewKey} />
      ) : null}
      {newKey ? (
        <NewKeyDialog newKey={newKey} kind={kind} source={source} onClose={() => setNewKey(undefined)} />
      ) : null}
    </article>
  );
}
