/** @jsxImportSource preact */
import { render } from "preact";
import { readToken } from "../hub/token.ts";
import { whenQuiet } from "../hub/quiet.ts";
import { App } from "./app.tsx";
import { readRoute } from "./router.ts";
import { prefetchScreen } from "./screens.ts";
import { registerWorker } from "./worker_client.ts";
import "./meja.css";

const place = document.getElementById("halaman");
if (place === null) throw new Error("meja.html has no element #halaman");
if (readToken() !== "") prefetchScreen(readRoute(location.hash));
render(<App />, place);
// what it keeps for later is more than a screen: on a slow line it would make the first one late
whenQuiet(15_000)
  .then(registerWorker)
  .catch((error: unknown) => console.error(error));
