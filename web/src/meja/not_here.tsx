/** @jsxImportSource preact */

export function NotHere() {
  return (
    <>
      <h1 tabIndex={-1}>Halaman ini tidak ada</h1>
      <p>
        Alamatnya keliru, atau bukan untuk peran Anda. <a href="#/">Ke beranda</a>
      </p>
    </>
  );
}
