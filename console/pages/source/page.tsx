import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { sourceApi } from "../../api/sources.ts";
import { Icon } from "../../components/icon.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
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
import { SourceFacts } from "./source-facts.tsx";

/** Live events tell of what is received; this is for when the stream is lost. */
const pollMs = 10_000;

/** The page of one source: what it sent last, what was not understood, and its settings. */
export function SourcePage() {
  const { source: id } = useParams({ from: "/shell/configure/sources/$source" });
  const query = useQuery({
    queryKey: ["sources", id],
    queryFn: () => sourceApi.source(id),
    refetchInterval: pollMs,
  });
  const kinds = useQuery({
    queryKey: ["source-kinds"],
    queryFn: setupApi.sourceKinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={kinds} label="source kinds">
      {({ results }) => (
        <Loaded query={query} label="source">
          {(source) => <SourceView source={source} kinds={results} />}
        </Loaded>
      )}
    </Loaded>
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
  useEffect(() => {
    document.title = `${name} · Tocsin`;
  }, [name]);
  const howToSend = kind ? (
    <section className={css.panel} aria-labelledby="send">
      <h2 id="send">How to send reports</h2>
      <ToolSetup kind={kind} target={{ url: source.url, key: "YOUR_KEY" }} />
    </section>
  ) : null;
  return (
    <article className={css.page}>
      <header className={css.head}>
        <Link to="/configure/sources" className={css.back}>
          <Icon name="left" size={14} /> Sources
        </Link>
        <div className={css.name}>
          <h1 className="wrap">{name}</h1>
          <span>{kind?.label ?? source.kind}</span>
          {canManage ? (
            <SourceMenu source={source} onEdit={() => setEditing(true)} onDeleted={onDeleted} />
          ) : null}
        </div>
        <p className={css.state} role="status">
          {lastReceivedAt ? (
            <>
              Last report taken <Time at={lastReceivedAt} />
            </>
          ) : (
            "No report taken yet. Send the first one with the command below."
          )}
        </p>
      </header>
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
