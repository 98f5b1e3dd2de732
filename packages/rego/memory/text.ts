/** Characters that JSON is made of. */
export const QUOTE: u8 = 0x22
export const BACKSLASH: u8 = 0x5c
export const COMMA: u8 = 0x2c
export const COLON: u8 = 0x3a
export const OPEN_BRACKET: u8 = 0x5b
export const CLOSE_BRACKET: u8 = 0x5d
export const OPEN_BRACE: u8 = 0x7b
export const CLOSE_BRACE: u8 = 0x7d
export const MINUS: u8 = 0x2d
export const POINT: u8 = 0x2e
export const ZERO: u8 = 0x30

export function isDigit(byte: u8): bool {
  return <u8>(byte - ZERO) < 10
}

/** How many bytes the character of UTF-8 has that begins here, beyond ASCII; 0 where none does. */
export function wideCharacter(at: usize): usize {
  const lead = load<u8>(at)
  const second = load<u8>(at, 1)
  if (lead < 0xc2 || lead > 0xf4) return 0
  if (lead < 0xe0) return isRest(second) ? 2 : 0
  if (!isSecond(lead, second) || !isRest(load<u8>(at, 2))) return 0
  if (lead < 0xf0) return 3
  return isRest(load<u8>(at, 3)) ? 4 : 0
}

function isRest(byte: u8): bool {
  return (byte & 0xc0) == 0x80
}

/** Neither longer than it must be, nor a surrogate, nor beyond the last character there is. */
function isSecond(lead: u8, byte: u8): bool {
  if (lead == 0xe0) return byte >= 0xa0 && byte <= 0xbf
  if (lead == 0xed) return byte >= 0x80 && byte <= 0x9f
  if (lead == 0xf0) return byte >= 0x90 && byte <= 0xbf
  if (lead == 0xf4) return byte >= 0x80 && byte <= 0x8f
  return isRest(byte)
}

/** The four hexadecimal digits here as a number; -1 where they are none. */
export function hexadecimal(at: usize): i32 {
  let number = 0
  for (let end = at + 4; at < end; at++) {
    const byte = load<u8>(at)
    const letter = <u8>((byte | 0x20) - 0x61)
    if (isDigit(byte)) number = (number << 4) | (byte - ZERO)
    else if (letter < 6) number = (number << 4) | (letter + 10)
    else return -1
  }
  return number
}

/** Writes a character as UTF-8, and gives the address behind it. */
export function writeCharacter(at: usize, point: i32): usize {
  if (point < 0x80) {
    store<u8>(at, point)
    return at + 1
  }
  if (point < 0x800) {
    store<u8>(at, 0xc0 | (point >> 6))
    return rest(at + 1, point, 0)
  }
  if (point < 0x10000) {
    store<u8>(at, 0xe0 | (point >> 12))
    return rest(at + 1, point, 6)
  }
  store<u8>(at, 0xf0 | (point >> 18))
  return rest(at + 1, point, 12)
}

/** The last bytes of a character, six bits each. */
function rest(at: usize, point: i32, shift: i32): usize {
  for (; shift >= 0; shift -= 6) store<u8>(at++, 0x80 | ((point >> shift) & 0x3f))
  return at
}
