/** A thousand grants as a thousand rules: nobody should write them so, and somebody will. */
export function manyRules(count: number): string {
  const rule = (index: number): string =>
    `allow if {\n\tinput.subject.id == "user-${index}"\n\tinput.resource.id == "service-${index}"\n}\n`
  return ['package many\n', ...Array.from({ length: count }, (_, index) => rule(index))].join('\n')
}

/** The same as one rule over data. */
export const manyAsData =
  'package many\n\nallow if data.grants[input.subject.id] == input.resource.id\n'

export function grants(count: number): unknown {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`user-${index}`, `service-${index}`]),
  )
}

/** The last one is asked for: whoever tries them in turn finds it last. */
export function lastRequest(count: number): Buffer {
  const [subject, resource] = [{ id: `user-${count - 1}` }, { id: `service-${count - 1}` }]
  return Buffer.from(JSON.stringify({ subject, resource }))
}
