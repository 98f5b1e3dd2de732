import { isList, type Document, type Json, type JsonObject } from '@writ/domain'
import { isMapping } from './detect.ts'
import { wordsOf } from './dockerfile-instruction.ts'
import { isSecretName, masked, passwordInAddress } from './mask-names.ts'

/**
 * What a Dockerfile gives a name that says that it is secret, in a variable or on a command line; the passwords in
 * addresses, and those that `chpasswd` is told.
 */
export function maskDockerfile(document: Document): Document {
  return { ...document, content: maskValue(document.content) }
}

function maskValue(value: Json): Json {
  if (typeof value === 'string') return maskText(value)
  if (isList(value)) return value.map(maskValue)
  if (!isMapping(value)) return value
  const { name, value: given } = value
  if (typeof name === 'string' && typeof given === 'string' && isSecretName(name, given))
    return { ...value, value: masked }
  return Object.fromEntries(
    Object.entries(aligned(value)).map(([key, member]) => [key, memberOf(key, member)]),
  )
}

/** The parts that say the same in another way: the words of a text, and what a pipe tells the next command. */
function aligned(instruction: JsonObject): JsonObject {
  const { form, text, commands } = instruction
  const args = form === 'shell' && typeof text === 'string' ? { args: wordsOf(maskText(text)) } : {}
  const told = isList(commands ?? null) ? { commands: toldPasswords(commands) } : {}
  return { ...instruction, ...args, ...told }
}

/** Words have no quotes any more: what stands behind the sign is the value, with its blanks. */
function memberOf(key: string, member: Json): Json {
  const isWords = key === 'words' || key === 'assignments'
  if (!isWords || !isList(member)) return maskValue(member)
  return member.map((word) => (typeof word === 'string' ? maskWord(word) : word))
}

function maskWord(word: string): string {
  const at = word.indexOf('=')
  const isOne = at > 0 && /^[^\s'"]{1,200}$/.test(word.slice(0, at))
  return isOne && isSecretName(word.slice(0, at), word.slice(at + 1))
    ? `${word.slice(0, at)}=${masked}`
    : maskText(word)
}

const given = /(?<![\w.:-])([\w.:-]{1,80})=("[^"]*"|'[^']*'|[^\s;&|"']+)/g
const told =
  /(?<![\w.:-])([\w.-]{1,80}:)([^\s"'|$`]{1,200})(?=["']?\s*\|\s*(?:\S{1,40}\s+)?chpasswd\b)/g

/** A script with what it gives a secret name, and the passwords of its addresses, masked. */
export function maskText(text: string): string {
  return text
    .replaceAll(passwordInAddress, (all, before: string, value: string) =>
      /^[$`]/.test(value) ? all : before + masked,
    )
    .replaceAll(given, (all, name: string, value: string) =>
      isSecretName(name, value.replaceAll(/^["']|["']$/g, '')) ? `${name}=${masked}` : all,
    )
    .replaceAll(told, (_, user: string) => user + masked)
}

/** `echo USER:PASSWORD | chpasswd`, which is read as two commands. */
function toldPasswords(commands: Json | undefined): Json {
  if (commands === undefined || !isList(commands)) return null
  return commands.map((command, at) => {
    if (!isMapping(command) || command['piped'] !== true || !isChpasswd(commands[at + 1]))
      return command
    const words = isList(command['words'] ?? null) ? command['words'] : []
    return {
      ...command,
      words: textsOf(words).map((word) =>
        word.replaceAll(/(^|\n)([\w.-]{1,80}:)[^$`\n][^\n]*/g, `$1$2${masked}`),
      ),
    }
  })
}

function isChpasswd(command: Json | undefined): boolean {
  if (!isMapping(command)) return false
  return textsOf(command['words']).some((word) => /(?:^|\/)chpasswd$/.test(word))
}

function textsOf(words: Json | undefined): readonly string[] {
  if (words === undefined || !isList(words)) return []
  return words.filter((word) => typeof word === 'string')
}
