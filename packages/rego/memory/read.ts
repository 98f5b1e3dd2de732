import {
  arrayValue,
  begin,
  block,
  booleanValue,
  nullValue,
  numberValue,
  room,
  spend,
  stringValue,
} from './blocks'
import { objectValue } from './object'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  hexadecimal,
  isDigit,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  wideCharacter,
  writeCharacter,
  ZERO,
} from './text'

/** Deeper than this nothing is read that anybody wrote. */
const DEEPEST = 256
/** So many zeros must stand behind a text: the first ends it, and sixteen bytes are looked at at once. */
const BEHIND = 16

let at: usize = 0
/** The addresses of values whose array or object has not ended yet. */
let stack: usize = 0
let depth: i32 = 0

/** Where a text of so many bytes is to be put. */
export function place(length: i32): usize {
  begin()
  spend(length)
  const text = room(<usize>length + BEHIND)
  memory.fill(text + length, 0, BEHIND)
  return text
}

/**
 * The value that a text of JSON means, which stands where `place` said. 0 where it is none, and where it is for the module's
 * own parser to say what it means: half a surrogate pair, a key that an object has twice, what is very deep.
 */
export function read(text: usize, length: i32): usize {
  at = text
  stack = room(2 * <usize>length + 16)
  depth = 0
  const value = readValue()
  return value != 0 && next() == 0 && at == text + length ? value : 0
}

/** Goes past spaces to the next character; 0 at the end. */
function next(): u8 {
  let byte = load<u8>(at)
  while (byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09) byte = load<u8>(++at)
  return byte
}

function readValue(): usize {
  const byte = next()
  if (byte == QUOTE) return readString()
  if (byte == OPEN_BRACE) return readObject()
  if (byte == OPEN_BRACKET) return readArray()
  if (byte == MINUS || isDigit(byte)) return readNumber()
  return readWord()
}

function readWord(): usize {
  const word = load<u32>(at)
  if (word == 0x6c6c756e) {
    at += 4
    return nullValue()
  }
  if (word == 0x65757274) {
    at += 4
    return booleanValue(true)
  }
  if (word != 0x736c6166 || load<u8>(at, 4) != 0x65) return 0
  at += 5
  return booleanValue(false)
}

function readNumber(): usize {
  const start = at
  if (load<u8>(at) == MINUS) at++
  if (load<u8>(at) == ZERO) at++
  else if (!digits()) return 0
  if (load<u8>(at) == POINT) {
    at++
    if (!digits()) return 0
  }
  if ((load<u8>(at) | 0x20) == 0x65) {
    const sign = load<u8>(++at)
    if (sign == MINUS || sign == 0x2b) at++
    if (!digits()) return 0
  }
  return numberValue(start, at - start)
}

/** Goes past digits; false where there is none. */
function digits(): bool {
  const start = at
  while (isDigit(load<u8>(at))) at++
  return at > start
}

function readString(): usize {
  const start = at + 1
  let isEscaped = false
  let end = start
  while (true) {
    end = plainUpTo(end)
    const byte = load<u8>(end)
    if (byte == QUOTE) break
    if (byte == BACKSLASH) {
      isEscaped = true
      if (load<u8>(++end) < 0x20) return 0
      end++
    } else {
      const length = wideCharacter(end)
      if (length == 0) return 0
      end += length
    }
  }
  at = end + 1
  return isEscaped ? unescaped(start, end) : stringValue(start, end - start)
}

/** The first place from here on that holds no plain character of ASCII: a mark, a control, a part of a wider character. */
function plainUpTo(from: usize): usize {
  while (true) {
    const bytes = v128.load(from)
    const marks = v128.or(
      i8x16.eq(bytes, i8x16.splat(QUOTE)),
      i8x16.eq(bytes, i8x16.splat(BACKSLASH)),
    )
    // Signed, so that what is not ASCII is below a space, too.
    const mask = i8x16.bitmask(v128.or(marks, i8x16.lt_s(bytes, i8x16.splat(0x20))))
    if (mask != 0) return from + ctz(mask)
    from += 16
  }
}

/** A string with what its escapes stand for; 0 where one stands for nothing. */
function unescaped(start: usize, end: usize): usize {
  const bytes = block(end - start)
  let out = bytes
  while (start < end) {
    const byte = load<u8>(start++)
    if (byte != BACKSLASH) {
      store<u8>(out++, byte)
      continue
    }
    const point = load<u8>(start) == 0x75 ? escapedCharacter(start) : shortEscape(load<u8>(start))
    if (point < 0) return 0
    start += load<u8>(start) != 0x75 ? 1 : point > 0xffff ? 11 : 5
    out = writeCharacter(out, point)
  }
  return stringValue(bytes, out - bytes)
}

function shortEscape(byte: u8): i32 {
  if (byte == QUOTE || byte == BACKSLASH || byte == 0x2f) return byte
  if (byte == 0x6e) return 0x0a
  if (byte == 0x74) return 0x09
  if (byte == 0x72) return 0x0d
  if (byte == 0x62) return 0x08
  return byte == 0x66 ? 0x0c : -1
}

/** What `uXXXX` stands for, or two of them; -1 for half a pair. */
function escapedCharacter(start: usize): i32 {
  const unit = hexadecimal(start + 1)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const low = load<u16>(start, 5) == 0x755c ? hexadecimal(start + 7) : -1
  if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return -1
  return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
}

function push(value: usize): void {
  store<u32>(stack, <u32>value)
  stack += 4
}

function readArray(): usize {
  if (++depth > DEEPEST) return 0
  const values = stack
  at++
  let mark = next() == CLOSE_BRACKET ? CLOSE_BRACKET : COMMA
  if (mark == CLOSE_BRACKET) at++
  while (mark == COMMA) {
    const value = readValue()
    if (value == 0) return 0
    push(value)
    mark = next()
    at++
  }
  if (mark != CLOSE_BRACKET) return 0
  const count = <i32>(stack - values) / 4
  stack = values
  depth--
  return arrayValue(values, count)
}

function readObject(): usize {
  if (++depth > DEEPEST) return 0
  const members = stack
  at++
  let mark = next() == CLOSE_BRACE ? CLOSE_BRACE : COMMA
  if (mark == CLOSE_BRACE) at++
  while (mark == COMMA) {
    if (next() != QUOTE) return 0
    const key = readString()
    if (key == 0 || next() != COLON) return 0
    at++
    const value = readValue()
    if (value == 0) return 0
    push(key)
    push(value)
    mark = next()
    at++
  }
  if (mark != CLOSE_BRACE) return 0
  const count = <i32>(stack - members) / 8
  stack = members
  depth--
  return objectValue(members, count)
}
