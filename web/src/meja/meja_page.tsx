/** @jsxImportSource preact */
import { render } from "preact";
import { readToken } from "../hub/fetch.ts";
import { App } from "./app.tsx";
import { readRoute } from "./router.ts";
import { prefetchScreen } from "./screens.ts";
import { registerWorker } from "./worker_client.ts";
import "./meja.css";

const place = document.getElementById("halaman");
if (place === null) throw new Error("meja.html has no element #halaman");
if (readToken() !== "") prefetchScreen(readRoute(location.hash));
render(<App />, place);
registerWorker().catch((error: unknown) => console.error(error));
