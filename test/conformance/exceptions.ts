/** Cases of OPA that this host does not answer as OPA does, each with why. The run fails for one that passes. */
export const exceptions: ReadonlyMap<string, string> = new Map()
