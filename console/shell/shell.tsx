import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Empty, Loaded } from "../components/lists/loaded.tsx";
import { LiveProvider } from "../live/live-stream.tsx";
import { useSession } from "../session/use-session.ts";
import { FaultBanner } from "./fault-banner.tsx";
import { Header } from "./header.tsx";
import css from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";

/** The frame around every page for those who are signed in; others are sent to sign in and come back. */
export function Shell() {
  const session = useSession();
  if (session.data === null) return <SignInFirst />;
  return (
    <Loaded query={session} what="pages">
      {() => (
        <LiveProvider>
          <Frame />
        </LiveProvider>
      )}
    </Loaded>
  );
}

function Frame() {
  const [menu, { open, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes.
  useEffect(close, [pathname]);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#page">
        Skip to the page
      </a>
      <aside className={css.side}>
        <Sidebar />
      </aside>
      <Drawer
        opened={menu}
        onClose={close}
        size={240}
        title="Menu"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Sidebar />
      </Drawer>
      <div className={css.body}>
        <Header onMenu={open} />
        <FaultBanner />
        <main id="page" className={css.page} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function SignInFirst() {
  const navigate = useNavigate();
  const { href } = useLocation();
  // Where one was when this appeared: the address changes while the sign-in page is still loading.
  const [next] = useState(href);
  useEffect(() => void navigate({ to: "/sign-in", search: { next }, replace: true }), [navigate, next]);
  return null;
}

export function NotFound() {
  return (
    <main>
      <Empty title="There is no such page">
        <p>The link may be old, or mistyped.</p>
        <Link to="/alerts">Go to the alerts</Link>
      </Empty>
    </main>
  );
}
