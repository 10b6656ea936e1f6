/** A key combination, as it is written on this platform (`Ctrl Shift K`). */
export function Chord({ text }: { text: string }) {
  return <kbd className="font-sans text-meta whitespace-nowrap text-muted">{text}</kbd>
}
