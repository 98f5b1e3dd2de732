export const formats = ['text', 'json', 'github', 'sarif', 'junit', 'table'] as const

export type Format = (typeof formats)[number]
