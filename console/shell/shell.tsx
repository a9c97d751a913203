import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useContext, useEffect, useState } from "react";
import { Empty, Loaded } from "../components/lists/loaded.tsx";
import { LiveContext, LiveProvider } from "../live/live-stream.tsx";
import { useSession } from "../session/use-session.ts";
import { FaultBanner } from "./fault-banner.tsx";
import { Header } from "./header.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { ProxyBanner } from "./proxy-banner.tsx";
import css from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";

/** The frame of every page for signed-in users. Others go to the sign-in page and come back afterwards. */
export function Shell() {
  const session = useSession();
  if (session.data === null) return <RedirectToSignIn />;
  return (
    <Loaded query={session} label="the Console">
      {(data) => (
        <FactorGate closed={data?.mustAddFactor ?? false}>
          <LiveProvider>
            <Frame />
          </LiveProvider>
        </FactorGate>
      )}
    </Loaded>
  );
}

/** Closed for a person who has to add a second factor. It opens when they are done, not while they read their codes. */
function FactorGate({ closed, children }: { closed: boolean; children: ReactNode }) {
  const [step, setStep] = useState<"open" | "adding" | "done">("open");
  if (closed && step === "open") setStep("adding");
  // They may be done before the session that says so is shown here.
  if (!closed && step === "done") setStep("open");
  if (step === "open" && !closed) return children;
  return (
    <Suspense>
      <AddFactorFirst onDone={() => setStep("done")} />
    </Suspense>
  );
}

const AddFactorFirst = lazy(async () => ({
  default: (await import("./add-factor-first.tsx")).AddFactorFirst,
}));

function Frame() {
  const [menu, { open, close }] = useDisclosure(false);
  const { current } = useContext(LiveContext);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes.
  useEffect(close, [pathname]);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#page">
        Skip to content
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
        <ProxyBanner />
        <KeysDialog />
        <main id="page" className={css.page} tabIndex={-1} aria-busy={!current}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function RedirectToSignIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  // Kept from the first render: the URL changes while the sign-in page is loading.
  const [next] = useState(href);
  useEffect(() => void navigate({ to: "/sign-in", search: { next }, replace: true }), [navigate, next]);
  return null;
}

export function NotFound() {
  return (
    <main>
      <Empty title="Page not found">
        <p>The link may be outdated or mistyped.</p>
        <Link to="/alerts">Go to alerts</Link>
      </Empty>
    </main>
  );
}
