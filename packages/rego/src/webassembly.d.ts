/**
 * The part of the WebAssembly JavaScript API that is used here. TypeScript ships it only together with a browser's globals,
 * which must not be visible in a server.
 */
// oxlint-disable-next-line typescript/no-namespace -- the API is a namespace of the global scope; this only describes it
declare namespace WebAssembly {
  type ExportDescriptor = { readonly name: string; readonly kind: string }
  type ImportDescriptor = ExportDescriptor & { readonly module: string }
  /** A number is an i32 or f64 of the module, a bigint an i64. */
  type ModuleImports = {
    readonly [name: string]: Memory | Global | ((...args: never[]) => unknown)
  }
  type Imports = { readonly [module: string]: ModuleImports }

  class Module {
    constructor(bytes: Uint8Array)
    static exports(module: Module): readonly ExportDescriptor[]
    static imports(module: Module): readonly ImportDescriptor[]
  }
  class Instance {
    constructor(module: Module, imports: Imports)
    readonly exports: { readonly [name: string]: unknown }
  }
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum?: number })
    readonly buffer: ArrayBuffer
  }
  class Global {
    value: unknown
  }
  class RuntimeError extends Error {}

  function compile(bytes: Uint8Array): Promise<Module>
  function validate(bytes: Uint8Array): boolean
}
