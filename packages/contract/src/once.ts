/** The value, made when it is first asked for. What throws is made again. A schema costs a start its time, asked for or not. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
