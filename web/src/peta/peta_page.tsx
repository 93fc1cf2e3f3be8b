/** @jsxImportSource preact */
import { render } from "preact";
import { Page } from "./page.tsx";
import "./peta.css";

const place = document.getElementById("halaman");
if (place === null) throw new Error("peta.html has no element #halaman");
render(<Page />, place);
