/** @jsxImportSource preact */
// Which keys do what, and a switch for those who do not want them.

export function KeyHint({ keys, words }: { keys: { isOn: boolean; switchKeys: () => void }; words: string }) {
  return (
    <p class="pintasan">
      {keys.isOn ? `Papan ketik: ${words}. ` : "Pintasan papan ketik mati. "}
      <button type="button" onClick={keys.switchKeys}>
        {keys.isOn ? "Matikan pintasan" : "Nyalakan pintasan"}
      </button>
    </p>
  );
}
