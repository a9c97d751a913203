import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "./precompress.ts";

const server = `http://localhost:${process.env.PORT ?? 4000}`;

export default defineConfig({
  root: import.meta.dirname,
  // The server writes the path of PUBLIC_URL into the page; scripts find each other from where they are.
  base: "./",
  plugins: [react(), precompress()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // The Content-Security-Policy allows only files of this origin, so assets must not become data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 4002, strictPort: true, proxy: { "/api": server, "/auth": server } },
});
