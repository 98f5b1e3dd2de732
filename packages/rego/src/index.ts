export { readBundle } from './bundle/bundle.ts'
export { hostBuiltins } from './builtins/table.ts'
export type { BuiltinError } from './host.ts'
export { encodeInput, readRegoInput, takeInput } from './input.ts'
export { excludedBuiltins } from './go/excluded.ts'
export { loadGoBuiltins } from './go/builtins.ts'
export type { GoBuiltins } from './go/builtins.ts'
export { compareValues } from './values/order.ts'
export { readValue } from './values/read.ts'
export type { RegoValue } from './values/value.ts'
export type { JsonInput, JsonValue } from './input.ts'
export { createInstance } from './instance.ts'
export type {
  Evaluated,
  EvaluationOptions,
  FailureReason,
  InstanceOptions,
  RegoInstance,
} from './instance.ts'
export { loadKnownModule, loadModule } from './module.ts'
export type { ModuleFacts, RegoModule } from './module.ts'
export { RegoError } from './rego-error.ts'
export type { RegoErrorCode } from './rego-error.ts'
export { loadPolicy } from './sdk.ts'
export type { LoadedPolicy } from './sdk.ts'
export { checkWith } from './schema/check.ts'
export type { SchemaCheck, SchemaMistake, Validate } from './schema/check.ts'
export { loadedCheck } from './schema/loaded-check.ts'
export { compileSchema, schemaSource } from './schema/schema.ts'
export { maxFuel, meter } from './wasm/meter.ts'
