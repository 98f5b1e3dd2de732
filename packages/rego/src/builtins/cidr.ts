import type { RegoValue } from '../values/value.ts'
import type { Builtin } from './builtin.ts'

/** An address of 32 or 128 bits; one of IPv4 that is written as one of IPv6 is one of IPv4. */
type Address = { readonly size: 32 | 128; readonly value: bigint }
/** The addresses that begin with the same so many bits. */
type Network = Address & { readonly bits: number }

/** net.cidr_contains(cidr, other): whether it has all addresses of the other, or the one. */
export const cidrContains: Builtin = ([first, second]) => {
  const network = networkOf(first)
  const other = withinOf(second)
  if (network === null || other === null) return unreadable
  return { value: network.bits <= other.bits && shares(network, other, network.bits) }
}

/** net.cidr_intersects(cidr, cidr): whether they have an address in common. */
export const cidrIntersects: Builtin = ([first, second]) => {
  const [one, other] = [networkOf(first), networkOf(second)]
  if (one === null || other === null) return unreadable
  return { value: shares(one, other, Math.min(one.bits, other.bits)) }
}

const unreadable = {
  failure: 'the operands must be networks in CIDR notation, or the second an address',
}

function shares(one: Address, other: Address, bits: number): boolean {
  const rest = BigInt(one.size - bits)
  return one.size === other.size && one.value >> rest === other.value >> rest
}

function withinOf(operand: RegoValue = null): Network | null {
  const address = typeof operand === 'string' ? addressIn(operand) : null
  if (address === null) return networkOf(operand)
  const plain = plainOf(address)
  return { ...plain, bits: plain.size }
}

function networkOf(operand: RegoValue = null): Network | null {
  const [, text = '', digits = ''] =
    /^([^/]*)\/(\d+)$/.exec(typeof operand === 'string' ? operand : '') ?? []
  const address = addressIn(text)
  const bits = Number(digits)
  if (address === null || bits > address.size) return null
  const rest = BigInt(address.size - bits)
  const first = plainOf({ ...address, value: (address.value >> rest) << rest })
  return { ...first, bits: bits - address.size + first.size }
}

const mapped = 0xffffn

function plainOf(address: Address): Address {
  const isMapped = address.size === 128 && address.value >> 32n === mapped
  return isMapped ? { size: 32, value: address.value & 0xffff_ffffn } : address
}

/** As Go reads it: no zone, no zeros before a number of IPv4. */
function addressIn(text: string): Address | null {
  const value = text.includes(':') ? sixteenBytes(text) : fourBytes(text)
  return value === null ? null : { size: text.includes(':') ? 128 : 32, value }
}

function fourBytes(text: string): bigint | null {
  const bytes = text.split('.')
  const isAddress =
    bytes.length === 4 &&
    bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256)
  return isAddress ? bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) : null
}

/** Eight groups, or fewer about one `::`. */
function sixteenBytes(text: string): bigint | null {
  const [head = [], tail = null, ...more] = inGroups(text)
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':')))
  const missing = 8 - head.length - (tail?.length ?? 0)
  const isWhole = tail === null ? missing === 0 : missing > 0 && more.length === 0
  if (!isWhole) return null
  const zeros = Array.from({ length: missing }, () => '0')
  const groups = [...head, ...zeros, ...(tail ?? [])]
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return null
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

/** An address of IPv4 may stand for the last two groups. */
function inGroups(text: string): string {
  const [, before = '', last = ''] = /^(.*:)([^:]*\.[^:]*)$/s.exec(text) ?? []
  const value = fourBytes(last)
  if (value === null) return text
  return `${before}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}
