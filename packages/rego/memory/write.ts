import { arrange, isForeign } from './arrange'
import { begin, room, spend } from './blocks'
import { ARRAY, BOOLEAN, INTEGER, kindOf, NUMBER, OBJECT, SET, STRING } from './layout'
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  POINT,
  QUOTE,
  ZERO,
} from './text'

/** The most that is written without a look at the room that is left: a character escaped, or an integer. */
const SLACK: usize = 64

let start: usize = 0
let out: usize = 0
let end: usize = 0

/**
 * The address of the value as JSON, as OPA gives it out, with a zero behind it: an object by its keys, a set as an array in
 * Rego's order. 0 where that takes the host: keys that are no strings, long numbers to be put in order.
 */
export function write(value: usize): usize {
  begin()
  const inOrder = arrange(value)
  if (isForeign) return 0
  start = room(1024)
  out = start
  end = start + 1024
  writeValue(inOrder)
  store<u8>(out, 0)
  return start
}

/** What a result set of a module holds as `{{"result": …}}`; 0 where it is empty. */
export function resultIn(results: usize): usize {
  const object = firstIn(results, 0)
  return object == 0 ? 0 : firstIn(object, 4)
}

/** What stands at `at` in the first member of a set or an object; 0 where it has none. */
function firstIn(collection: usize, at: usize): usize {
  const last: usize = load<u32>(collection, 4) + load<u32>(collection, 8) * 4
  for (let bucket: usize = load<u32>(collection, 4); bucket < last; bucket += 4)
    if (load<u32>(bucket) != 0) return load<u32>(<usize>load<u32>(bucket) + at)
  return 0
}

/** Makes sure that so many bytes fit, and a little more. */
function reserve(bytes: usize): void {
  if (out + bytes + SLACK <= end) return
  const written = out - start
  const size = (written + bytes + SLACK) * 2
  const moved = room(size)
  memory.copy(moved, start, written)
  start = moved
  out = moved + written
  end = moved + size
}

function put(byte: u8): void {
  store<u8>(out++, byte)
}

function writeValue(value: usize): void {
  reserve(0)
  const kind = kindOf(value)
  if (kind == STRING) writeString(value)
  else if (kind == NUMBER) writeNumber(value)
  else if (kind == OBJECT) writeObject(value)
  else if (kind == ARRAY || kind == SET) writeArray(value)
  else writeWord(kind == BOOLEAN, load<u8>(value, 1) != 0)
}

function writeWord(isBoolean: bool, is: bool): void {
  store<u32>(out, !isBoolean ? 0x6c6c756e : is ? 0x65757274 : 0x736c6166)
  out += 4
  if (isBoolean && !is) put(0x65)
}

function writeArray(array: usize): void {
  const last = array + <usize>load<u32>(array, 4) * 4
  put(OPEN_BRACKET)
  for (let item = array; item < last; item += 4) {
    if (item > array) put(COMMA)
    writeValue(load<u32>(item, 8))
  }
  close(CLOSE_BRACKET)
}

function writeObject(object: usize): void {
  const last = object + <usize>load<u32>(object, 4) * 8
  put(OPEN_BRACE)
  for (let member = object; member < last; member += 8) {
    if (member > object) put(COMMA)
    writeString(load<u32>(member, 8))
    put(COLON)
    writeValue(load<u32>(member, 12))
  }
  close(CLOSE_BRACE)
}

/** What is nested ends in as many marks, with nothing between them. */
function close(mark: u8): void {
  reserve(0)
  put(mark)
}

function writeNumber(number: usize): void {
  if (load<u8>(number, 1) == INTEGER) return writeInteger(load<i64>(number, 8))
  let digits: usize = load<u32>(number, 8)
  const last = digits + load<u32>(number, 12)
  reserve(last - digits)
  if (load<u8>(digits) == MINUS) {
    put(MINUS)
    digits++
  }
  // A policy may write `.5`, and JSON has no such number.
  if (load<u8>(digits) == POINT) put(ZERO)
  while (digits < last) put(load<u8>(digits++))
}

function writeInteger(integer: i64): void {
  if (integer < 0) put(MINUS)
  let rest = integer < 0 ? 0 - <u64>integer : <u64>integer
  let length = 1
  for (let left = rest; left >= 10; left /= 10) length++
  out += length
  for (let at = out - 1; length > 0; length--) {
    store<u8>(at--, <u8>(ZERO + <u8>(rest % 10)))
    rest /= 10
  }
}

function writeString(string: usize): void {
  let at: usize = load<u32>(string, 8)
  const length = load<u32>(string, 4)
  const last = at + length
  spend(<i32>(length >> 3) + 1)
  reserve(length)
  put(QUOTE)
  for (; at < last; at++) {
    const byte = load<u8>(at)
    if (byte >= 0x20 && byte != QUOTE && byte != BACKSLASH) put(byte)
    else {
      writeEscaped(byte)
      reserve(last - at)
    }
  }
  put(QUOTE)
}

function writeEscaped(byte: u8): void {
  put(BACKSLASH)
  if (byte >= 0x20) return put(byte)
  const letter = letterOf(byte)
  if (letter != 0) return put(letter)
  store<u32>(out, 0x30303075) // u000
  store<u8>(out, byte >> 4 ? 0x31 : 0x30, 3)
  store<u8>(out, (byte & 15) < 10 ? ZERO + (byte & 15) : 0x57 + (byte & 15), 4)
  out += 5
}

/** The letter that JSON has for a control; 0 where it has none. */
function letterOf(byte: u8): u8 {
  if (byte == 0x0a) return 0x6e
  if (byte == 0x09) return 0x74
  if (byte == 0x0d) return 0x72
  if (byte == 0x08) return 0x62
  return byte == 0x0c ? 0x66 : 0
}
