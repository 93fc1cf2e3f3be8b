/** @jsxImportSource preact */
import { render } from "preact";
import { Halaman } from "./halaman.tsx";
import "./peta.css";

const tempat = document.getElementById("halaman");
if (tempat === null) throw new Error("peta.html has no element #halaman");
render(<Halaman />, tempat);
