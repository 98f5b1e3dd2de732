import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'

/** What `npm start -- keys move` takes out of a data folder. */
const files = ['log.signed', 'receipts.key', 'log.key']

/** The keys of a house that has ended, and the last checkpoint that it signed. */
export type MovedKeys = {
  readonly lastSigned: string
  /** Puts them into the data folder of the house that goes on. Throws the Fault `request-invalid` where that has others. */
  readonly putInto: (data: string) => void
}

/** Throws the Fault `request-invalid` where the folder does not have them. */
export function movedKeysIn(folder: string): MovedKeys {
  const texts = new Map(files.map((name) => [name, textIn(folder, name)]))
  return {
    lastSigned: texts.get('log.signed') ?? '',
    putInto: (data) => {
      for (const [name, text] of texts) put(join(data, name), text)
    },
  }
}

function textIn(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch (cause) {
    const message = `${folder} lacks ${name}: name the folder that npm start -- keys move has filled`
    throw new Fault('request-invalid', message, { cause })
  }
}

function put(path: string, text: string): void {
  if (!existsSync(path)) writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  else if (readFileSync(path, 'utf8') !== text)
    throw new Fault('request-invalid', `${path} is another’s: name another folder`)
}
