/** A piece of a page. Texts may hold `code` in backquotes, and nothing else that is not plain. */
export type Block =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | {
      readonly type: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

export type Page = {
  readonly title: string
  readonly blocks: readonly Block[]
  readonly sections: readonly { readonly heading: string; readonly blocks: readonly Block[] }[]
}
