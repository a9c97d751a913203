import { ActionIcon, Menu } from "@mantine/core";
import { useThrottledCallback } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ViewBody } from "../../src/triage/views/contract.ts";
import { viewsApi } from "../api/alerts.ts";
import { Icon } from "../components/icon.tsx";
import { ConfirmDelete } from "../forms/confirm-delete.tsx";
import { useApiMutation } from "../forms/use-api-mutation.ts";
import { useLiveAlerts } from "../live/live-alerts.ts";
import { fromView } from "../pages/alerts/filters/filters.ts";
import { usePermission, useSession } from "../session/use-session.ts";
import { ViewForm } from "./view-form.tsx";
import css from "./views.module.css";

/** Changes of alerts count the views again, but at most this often. */
const refreshMs = 5000;
const shownAtFirst = 8;

/** The side bar's views, each with the number of its alerts. */
export function SavedViews() {
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ["views"], queryFn: viewsApi.list });
  const [showsAll, setShowsAll] = useState(false);
  const recount = useThrottledCallback(
    () => void queries.invalidateQueries({ queryKey: ["view-count"] }),
    refreshMs,
  );
  useLiveAlerts(() => document.visibilityState === "visible" && recount());
  const views = data?.results.toSorted((a, b) => a.name.localeCompare(b.name)) ?? [];
  if (views.length === 0) return null;
  return (
    <ul className={css.views} aria-label="Saved views">
      {(showsAll ? views : views.slice(0, shownAtFirst)).map((view) => (
        <ViewItem key={view.id} view={view} />
      ))}
      {views.length > shownAtFirst ? (
        <li>
          <button type="button" className={css.more} onClick={() => setShowsAll((before) => !before)}>
            {showsAll ? "Fewer views" : `${views.length - shownAtFirst} more`}
          </button>
        </li>
      ) : null}
    </ul>
  );
}

function ViewItem({ view }: { view: ViewBody }) {
  const { data } = useQuery({
    queryKey: ["view-count", view.id, view.updatedAt],
    queryFn: () => viewsApi.count(view.id),
  });
  const count = data?.count ?? null;
  const shown = count === null ? "" : `${count}${data?.more ? "+" : ""}`;
  return (
    <li className={css.view}>
      <Link
        to="/alerts"
        search={fromView(view)}
        activeOptions={{ exact: true, includeSearch: true }}
        activeProps={{ "aria-current": "true" }}
        title={view.shared ? `${view.name} (shared)` : view.name}
      >
        <span className={css.name}>{view.name}</span>
        <span className={css.count}>
          {shown}
          {shown ? <span className="visuallyHidden"> alerts</span> : null}
        </span>
      </Link>
      <ViewMenu view={view} />
    </li>
  );
}

/** Renames, shares and deletes a view, as far as the person may. */
function ViewMenu({ view }: { view: ViewBody }) {
  const [opened, setOpened] = useState<"form" | "delete">();
  const close = () => setOpened(undefined);
  const me = useSession().data?.user?.id;
  const canShare = usePermission("Manage Alerts");
  const change = useApiMutation({
    mutationFn: viewsApi.change,
    invalidates: "views",
    failure: "in the form",
    onSuccess: close,
  });
  const remove = useApiMutation({
    mutationFn: viewsApi.delete,
    invalidates: "views",
    success: `“${view.name}” deleted.`,
    failure: "The view was not deleted.",
    onSuccess: close,
  });
  const isOwn = view.owner !== null && view.owner.id === me;
  if (view.shared ? !canShare : !isOwn) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={css.menu}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Change the view ${view.name}`}
          >
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpened("form")}>Rename or share…</Menu.Item>
          <Menu.Item color="red" onClick={() => setOpened("delete")}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened === "form" ? (
        <ViewForm
          title={`Change the view ${view.name}`}
          view={view}
          busy={change.isPending}
          error={change.error}
          onSave={(values) => change.mutate({ id: view.id, ...values })}
          onClose={close}
        />
      ) : null}
      {opened === "delete" ? (
        <ConfirmDelete
          name={view.name}
          action="Delete"
          busy={remove.isPending}
          onConfirm={() => remove.mutate(view.id)}
          onClose={close}
        >
          {view.shared
            ? "It goes from everybody's side bar. No alert changes."
            : "It goes from your side bar. No alert changes."}
        </ConfirmDelete>
      ) : null}
    </>
  );
}
