import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { sourceApi } from "../../api/sources.ts";
import { Icon } from "../../components/icon.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { usePermission } from "../../session/use-session.ts";
import { ExpressionsEditor } from "./editor.tsx";
import css from "./expressions.module.css";

/** The page on which people write the expressions of a source, and see at once what they make of a sample. */
export function ExpressionsPage() {
  const { source: id } = useParams({ from: "/shell/configure/sources/$source/expressions" });
  const query = useQuery({ queryKey: ["sources", id], queryFn: () => sourceApi.source(id) });
  const kinds = useQuery({
    queryKey: ["source-kinds"],
    queryFn: setupApi.sourceKinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={kinds} label="source kinds">
      {({ results }) => (
        <Loaded query={query} label="source">
          {(source) => (
            <SourceExpressions source={source} kind={results.find(({ kind }) => kind === source.kind)} />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function SourceExpressions({ source, kind }: { source: SourceBody; kind: SourceKindBody | undefined }) {
  const canManage = usePermission("Manage Sources");
  const title = `Expressions of ${source.name}`;
  useEffect(() => {
    document.title = `${title} · Tocsin`;
  }, [title]);
  return (
    <article className={css.page}>
      <header className={css.head}>
        <Link to="/configure/sources" className={css.back}>
          <Icon name="left" size={14} /> Sources
        </Link>
        <h1 className="wrap">{title}</h1>
        <p>
          {kind?.byExpressions
            ? "Say where the fields of an alert are in what the tool sends."
            : `${kind?.label ?? source.kind} is read by Tocsin itself. Here you can change which of its reports belong together.`}{" "}
          Expressions are written in{" "}
          <a href="https://docs.jsonata.org/simple" target="_blank" rel="noreferrer">
            JSONata
          </a>
          : a path such as <code>host.name</code> is one already.
        </p>
      </header>
      {canManage && kind ? (
        <ExpressionsEditor key={source.id} source={source} kind={kind} />
      ) : (
        <Empty title="You can't change expressions">
          <p>
            You need the permission Manage Sources, and a version of Tocsin that knows this kind of source.
          </p>
        </Empty>
      )}
    </article>
  );
}
