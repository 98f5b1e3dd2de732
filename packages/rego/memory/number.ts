import { INTEGER } from './layout'
import { isDigit, MINUS, POINT } from './text'

/** Neither more digits nor a greater power of ten than a double holds exactly. */
const LONGEST: usize = 15
const MOST: i64 = 1 << 53

/** The order of two numbers; 2 where it takes more than doubles and integers of 64 bits to tell. */
export function compareNumbers(left: usize, right: usize): i32 {
  if (load<u8>(left, 1) == INTEGER && load<u8>(right, 1) == INTEGER)
    return order(load<i64>(left, 8), load<i64>(right, 8))
  const number = doubleOf(left)
  const other = doubleOf(right)
  return isNaN(number) || isNaN(other) ? 2 : order(number, other)
}

function order<T>(left: T, right: T): i32 {
  return left < right ? -1 : left > right ? 1 : 0
}

/** What a number is worth; NaN where that is no double, or is written with a power of ten. */
function doubleOf(number: usize): f64 {
  if (load<u8>(number, 1) != INTEGER) return decimal(load<u32>(number, 8), load<u32>(number, 12))
  const integer = load<i64>(number, 8)
  return integer > MOST || integer < -MOST ? NaN : <f64>integer
}

function decimal(digits: usize, length: usize): f64 {
  if (length > LONGEST) return NaN
  const end = digits + length
  const isNegative = load<u8>(digits) == MINUS
  if (isNegative) digits++
  let whole: f64 = 0
  let scale: f64 = 0
  for (; digits < end; digits++) {
    const byte = load<u8>(digits)
    if (byte == POINT && scale == 0) scale = 1
    else if (isDigit(byte)) {
      whole = whole * 10 + <f64>(byte - 0x30)
      scale *= 10
    } else return NaN
  }
  const size = scale == 0 ? whole : whole / scale
  return isNegative ? -size : size
}
