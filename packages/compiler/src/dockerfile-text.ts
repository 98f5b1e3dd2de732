import type { Json } from '@writ/domain'
import { listOf, memberOf, textOf } from './json-read.ts'

/** The content of a Dockerfile document as one writes it, as far as a case tells it. */
export function dockerfileText(content: Json): string {
  return listOf(content, 'stages').map(stageText).join('\n\n')
}

function stageText(stage: Json): string {
  const name = memberOf(stage, 'name')
  const from = `FROM ${textOf(memberOf(stage, 'base'))}${typeof name === 'string' ? ` AS ${name}` : ''}`
  return [from, ...listOf(stage, 'instructions').map(instructionText)].join('\n')
}

function instructionText(instruction: Json): string {
  const flags = listOf(instruction, 'flags').map(flagText)
  return [textOf(memberOf(instruction, 'keyword')), ...flags, bodyText(instruction)].join(' ')
}

function flagText(flag: Json): string {
  return `--${textOf(memberOf(flag, 'name'))}=${textOf(memberOf(flag, 'value'))}`
}

/** The text where the case has it, else what it was read as. */
function bodyText(instruction: Json): string {
  const text = memberOf(instruction, 'text')
  if (typeof text === 'string') return text
  const pairs = listOf(instruction, 'pairs').map(pairText)
  const commands = listOf(instruction, 'commands').map(commandText)
  const args = listOf(instruction, 'args').map(textOf)
  return [args.join(' '), pairs.join(' '), commands.join('')].find((part) => part !== '') ?? ''
}

function pairText(pair: Json): string {
  const [name, value] = [textOf(memberOf(pair, 'name')), memberOf(pair, 'value')]
  return value === null || value === undefined ? name : `${name}=${textOf(value)}`
}

/** A command, and what joins it to the next. */
function commandText(command: Json, at: number, all: readonly Json[]): string {
  const words = listOf(command, 'words').map(textOf).join(' ')
  if (at === all.length - 1) return words
  return `${words}${memberOf(command, 'piped') === true ? ' | ' : ' && '}`
}
