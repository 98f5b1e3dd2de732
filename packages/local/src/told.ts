import type { Books } from '@writ/service'

/** The same books; whatever is written in them is told. */
export function told(books: Books, tell: () => void): Books {
  const { records, waivers } = books
  const after = async <Written>(written: Promise<Written>): Promise<Written> => {
    const stands = await written
    tell()
    return stands
  }
  return {
    ...books,
    records: {
      ...records,
      append: (entry) => after(records.append(entry)),
      erase: (entry, erasure) => after(records.erase(entry, erasure)),
    },
    waivers: { ...waivers, put: (waiver, entry) => after(waivers.put(waiver, entry)) },
  }
}
