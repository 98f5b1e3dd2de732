/** What an auditor who is handed a sample reads first. */
export const evidenceReadme = `# Evidence: a sample of decisions, each with its proof

| file | what it is |
| --- | --- |
| \`population.csv\` | every decision of the time in \`manifest.json\`: what the sample was drawn from |
| \`sample.csv\` | those that were drawn; one that was erased has its line, and no file |
| \`records/\` | of each of them the record, and the proof that it is in the log (C2SP tlog-proof) |
| \`waivers.csv\` | every waiver that was granted or revoked until the end of that time |
| \`bundles/\` | the policies and the data by which the sample was decided |
| \`controls.csv\` | which rule of those helps with which control |
| \`log.vkey\`, \`trust.policy\` | whom to trust; compare the key with one that you got by another way |
| \`manifest.json\` | time, seed, counts, and the head of the log when this was made |
| \`SHA256SUMS\` | the sum of every other file |

## Check it

    sha256sum --check --quiet SHA256SUMS
    writ audit verify records/<id>.tlog-proof --record records/<id>.json --policy trust.policy

That the sample is the one that the seed draws: of each line of \`population.csv\` take the SHA-256 over the seed, the tenant and
the id, each followed by a newline. The sample is those with the smallest hashes.

That the population is whole: ask for an export of the ledger (\`writ audit export\`), which has every entry of the log, and count
the leaves of the type \`decision\` whose \`at\` lies in the time. Decisions that were not yet sealed are in neither.

That a decision follows from its policies: \`writ audit replay\` decides it again.
`
