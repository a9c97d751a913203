import { Link } from "@tanstack/react-router";
import type { Permission } from "../../src/alert/permission.ts";
import { Bell, Icon, type IconName } from "../components/icon.tsx";
import { useSession } from "../session/use-session.ts";
import { SavedViews } from "../views/saved-views.tsx";
import css from "./shell.module.css";

const configure = [
  { to: "/configure/destinations", label: "Alert Destinations", icon: "send", needs: "View Destinations" },
  { to: "/configure/sources", label: "Sources", icon: "plug", needs: "View Sources" },
  { to: "/configure/detections", label: "Detections", icon: "radar", needs: "View Destinations" },
  { to: "/configure/silences", label: "Silences", icon: "clock", needs: "View Alerts" },
  { to: "/configure/slack-app", label: "Slack app", icon: "hash", needs: "View Destinations" },
  { to: "/configure/users", label: "Users", icon: "users", needs: "View Users" },
  { to: "/configure/roles", label: "Roles", icon: "shield", needs: "View Users" },
  { to: "/configure/api-tokens", label: "API tokens", icon: "key", needs: "Manage API Tokens" },
  { to: "/configure/audit-log", label: "Audit log", icon: "audit", needs: "View Audit Log" },
  { to: "/configure/settings", label: "Settings", icon: "sliders", needs: "Manage Settings" },
] as const satisfies { to: string; label: string; icon: IconName; needs: Permission }[];

export function Sidebar() {
  const held = useSession().data?.permissions ?? [];
  const shown = configure.filter(({ needs }) => held.includes(needs));
  return (
    <nav className={css.nav} aria-label="Main">
      <Link to="/alerts" className={css.brand} aria-label="Tocsin: go to alerts">
        <Bell size={22} />
        Tocsin
      </Link>
      {held.includes("View Alerts") ? (
        <Link to="/alerts" className={css.item} activeProps={{ "aria-current": "page" }}>
          <Icon name="alerts" />
          Alerts
        </Link>
      ) : null}
      {held.includes("View Alerts") ? (
        <>
          <SavedViews />
          <Link to="/overview" className={css.item} activeProps={{ "aria-current": "page" }}>
            <Icon name="chart" />
            Overview
          </Link>
        </>
      ) : null}
      {shown.length > 0 ? <h2>Configure</h2> : null}
      {shown.map(({ to, label, icon }) => (
        <Link key={to} to={to} className={css.item} activeProps={{ "aria-current": "page" }}>
          <Icon name={icon} />
          {label}
        </Link>
      ))}
    </nav>
  );
}
