import "@mantine/core/styles.css";
import "./theme.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiFault } from "./api/request.ts";
import { Notices } from "./components/notices.tsx";
import { router } from "./routes.tsx";
import { cssVariables, theme } from "./theme.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: mayPass, staleTime: 10_000, refetchOnWindowFocus: false },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Notices />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

/** A fault of the network or the server may pass; a refusal stays one. */
function mayPass(failures: number, fault: Error): boolean {
  const status = fault instanceof ApiFault ? fault.problem.status : 0;
  return failures < 2 && (status === 0 || status >= 500);
}
