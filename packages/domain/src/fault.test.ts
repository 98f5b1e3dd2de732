import { expect, test } from 'vitest'
import { causesOf, Fault } from './index.ts'

test('the causes of what was thrown lead to where it began, whatever was thrown', () => {
  const fault = new Fault('internal', 'outer', { cause: { odd: 1 } })
  expect(causesOf(fault)).toEqual(['Fault: outer', '{"odd":1}'])
  expect(causesOf('a text')).toEqual(['"a text"'])
  expect(causesOf(null)).toEqual(['null'])
  expect(causesOf(5n)).toEqual(['something that has no text'])
  expect(causesOf(Symbol('x'))).toEqual(['Symbol(x)'])
  expect(causesOf(new Error('deep'))[1]).toMatch(/^at /)
})
