/** A drawing of the icon, as a square PNG. */
export interface DrawnIcon {
  sizePx: number
  png: Buffer
}

/** Types of the entries of an `.icns` that hold a PNG: https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
const ICNS_TYPES: ReadonlyMap<number, readonly string[]> = new Map([
  [32, ['ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
])
const ICNS_HEADER_BYTES = 8

/** The icon of a macOS app, of those drawings whose size it has a place for. */
export function encodeIcns(icons: readonly DrawnIcon[]): Buffer {
  const entries = icons.flatMap(({ sizePx, png }) =>
    (ICNS_TYPES.get(sizePx) ?? []).map((type) => Buffer.concat([icnsHeader(type, png.length), png])),
  )
  const body = Buffer.concat(entries)
  return Buffer.concat([icnsHeader('icns', body.length), body])
}

function icnsHeader(type: string, contentBytes: number): Buffer {
  const header = Buffer.alloc(ICNS_HEADER_BYTES)
  header.write(type, 'latin1')
  header.writeUInt32BE(ICNS_HEADER_BYTES + contentBytes, 4)
  return header
}

/** Sides that Windows asks for; its format has one byte for a side, in which 256 is 0. */
const ICO_SIZES: ReadonlySet<number> = new Set([16, 24, 32, 48, 64, 128, 256])
const ICO_HEADER_BYTES = 6
const ICO_ENTRY_BYTES = 16

/** The icon of a Windows program: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) */
export function encodeIco(icons: readonly DrawnIcon[]): Buffer {
  const chosen = icons.filter(({ sizePx }) => ICO_SIZES.has(sizePx))
  const header = Buffer.alloc(ICO_HEADER_BYTES)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(chosen.length, 4)
  let offset = ICO_HEADER_BYTES + ICO_ENTRY_BYTES * chosen.length
  const entries = chosen.map(({ sizePx, png }) => {
    const entry = Buffer.alloc(ICO_ENTRY_BYTES)
    entry.writeUInt8(sizePx % 256, 0)
    entry.writeUInt8(sizePx % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...chosen.map(({ png }) => png)])
}
