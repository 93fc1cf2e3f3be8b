/** @jsxImportSource preact */
import { render } from "preact";
import { App } from "./app.tsx";
import { registerWorker } from "./worker_client.ts";
import "./meja.css";

const place = document.getElementById("halaman");
if (place === null) throw new Error("meja.html has no element #halaman");
render(<App />, place);
registerWorker().catch((error: unknown) => console.error(error));
