/** What the tests use of https://github.com/thriftrw/thriftrw-node, which brings no types. */
declare module 'thriftrw' {
  interface Result {
    readonly err: Error | null
    readonly value: unknown
  }

  interface Reader {
    readFrom(buffer: Buffer, offset: number): Result
  }

  export class Thrift {
    constructor(options: {
      entryPoint: string
      allowFilesystemAccess?: boolean
      allowIncludeAlias?: boolean
      allowOptionalArguments?: boolean
    })
    readonly Agent: { readonly emitBatch: { readonly argumentsMessageRW: Reader } }
    readonly modules: { readonly jaeger: { readonly Batch: { readonly rw: Reader } } }
  }
}
